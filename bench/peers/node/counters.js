import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { createHandler } from './records.js';

const dynamoDb = DynamoDBDocumentClient.from(new DynamoDBClient({}));

/** Adds 1 to the counter of the event's type and minute. */
export const handler = createHandler((record, json, event) => dynamoDb.send(new UpdateCommand({
  TableName: process.env.COUNTERS_TABLE,
  Key: { pk: event.event_type ?? 'unknown', sk: new Date(record.kinesis.approximateArrivalTimestamp * 1000).toISOString().slice(0, 16) },
  UpdateExpression: 'ADD #count :one',
  ExpressionAttributeNames: { '#count': 'count' },
  ExpressionAttributeValues: { ':one': 1 },
})));
