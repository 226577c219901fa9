using Amazon.Lambda.KinesisEvents;

namespace AWS.Lambda.Powertools.BatchProcessing.Kinesis;

/// <summary>Processes batches of Kinesis records.</summary>
public interface IKinesisEventBatchProcessor : IBatchProcessor<KinesisEvent, KinesisEvent.KinesisEventRecord>
{
}
