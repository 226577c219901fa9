import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { createHandler } from './records.js';

const THRESHOLD = 500;
const sns = new SNSClient({});

/** Publishes a message for each purchase above 500. */
export const handler = createHandler(async (record, json, event) => {
  if (event.event_type === 'purchase' && event.amount > THRESHOLD) {
    await sns.send(new PublishCommand({
      TopicArn: process.env.ALERTS_TOPIC_ARN,
      Subject: 'High-Value Order Detected',
      Message: `An order of ${event.amount} ${event.currency} was placed by user ${event.user_id} for product ${event.product_id}.`,
    }));
  }
});
