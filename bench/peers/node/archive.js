import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { createHandler } from './records.js';

const s3 = new S3Client({ forcePathStyle: true });

/** Stores each event as an object. */
export const handler = createHandler((record, json) => {
  const hour = new Date(record.kinesis.approximateArrivalTimestamp * 1000).toISOString().slice(0, 13).replace(/[-T]/g, '/');
  return s3.send(new PutObjectCommand({
    Bucket: process.env.ARCHIVE_BUCKET,
    Key: `events/${hour}/${record.kinesis.sequenceNumber}.json`,
    ContentType: 'application/json',
    Body: json,
  }));
});
