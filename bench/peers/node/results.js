import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { createHandler } from './records.js';

const RETENTION_SECONDS = 30 * 86_400;
const dynamoDb = DynamoDBDocumentClient.from(new DynamoDBClient({}));

/** Stores each event as an item. */
export const handler = createHandler((record, json, event) => {
  const now = Date.now();
  return dynamoDb.send(new PutCommand({
    TableName: process.env.RESULTS_TABLE,
    Item: {
      eventId: record.eventID,
      timestamp: Math.round(record.kinesis.approximateArrivalTimestamp * 1000),
      eventType: event.event_type ?? 'unknown',
      userId: event.user_id ?? 'unknown',
      processedAt: new Date(now).toISOString(),
      expiresAt: Math.floor(now / 1000) + RETENTION_SECONDS,
      rawData: json,
    },
  }));
});
