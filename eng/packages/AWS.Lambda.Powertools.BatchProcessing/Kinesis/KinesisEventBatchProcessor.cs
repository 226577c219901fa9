using Amazon.Lambda.KinesisEvents;

namespace AWS.Lambda.Powertools.BatchProcessing.Kinesis;

/// <summary>
/// Processes batches of Kinesis records one by one, in the order of the shard. It keeps nothing between calls, so one instance serves
/// concurrent calls as well.
/// </summary>
public class KinesisEventBatchProcessor : BatchProcessor<KinesisEvent, KinesisEvent.KinesisEventRecord>, IKinesisEventBatchProcessor
{
    /// <summary>For processors that derive from this one.</summary>
    protected KinesisEventBatchProcessor()
    {
    }

    /// <summary>The processor as shipped.</summary>
    public static IKinesisEventBatchProcessor Instance { get; } = new KinesisEventBatchProcessor();

    /// <inheritdoc/>
    protected override BatchProcessorErrorHandlingPolicy GetErrorHandlingPolicyForEvent(KinesisEvent @event) =>
        BatchProcessorErrorHandlingPolicy.StopOnFirstBatchItemFailure;

    /// <inheritdoc/>
    protected override ICollection<KinesisEvent.KinesisEventRecord> GetRecordsFromEvent(KinesisEvent @event) => @event.Records ?? [];

    /// <inheritdoc/>
    protected override string GetRecordId(KinesisEvent.KinesisEventRecord record) => record.Kinesis.SequenceNumber;
}
