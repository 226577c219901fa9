import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';

const logger = new Logger();
const metrics = new Metrics();

/** Returns a handler that processes the records of a batch in parallel, as Powertools does by default: parse the event, one AWS call, one metric. */
export function createHandler(handleEvent) {
  const processor = new BatchProcessor(EventType.KinesisDataStreams);
  const handleRecord = async (record) => {
    const json = Buffer.from(record.kinesis.data, 'base64').toString('utf8');
    await handleEvent(record, json, JSON.parse(json));
    metrics.addMetric('ProcessedRecords', MetricUnit.Count, 1);
  };
  return async (event, context) => {
    logger.addContext(context);
    try {
      const response = await processPartialResponse(event, handleRecord, processor, { context });
      logger.info('Processed records', { records: event.Records.length, failures: response.batchItemFailures.length });
      return response;
    } finally {
      metrics.publishStoredMetrics();
    }
  };
}
