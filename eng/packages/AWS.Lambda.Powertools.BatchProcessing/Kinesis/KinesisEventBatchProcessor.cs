using Amazon.Lambda.KinesisEvents;

namespace AWS.Lambda.Powertools.BatchProcessing.Kinesis;

/// <summary>
/// Processes batches of Kinesis records one by one, in shard order. It is stateless, so one instance serves
/// concurrent calls.
/// </summary>
public class KinesisEventBatchProcessor : BatchProcessor<KinesisEvent, KinesisEvent.KinesisEventRecord>, IKinesisEventBatchProcessor
{
    /// <summary>For derived processors.</summary>
    protected KinesisEventBatchProcessor()
    {
    }

    /// <summary>The default processor.</summary>
    public static IKinesisEventBatchProcessor Instance { get; } = new KinesisEventBatchProcessor();

    /// <inheritdoc/>
    protected override BatchProcessorErrorHandlingPolicy GetErrorHandlingPolicyForEvent(KinesisEvent @event) =>
        BatchProcessorErrorHandlingPolicy.StopOnFirstBatchItemFailure;

    /// <inheritdoc/>
    protected override ICollection<KinesisEvent.KinesisEventRecord> GetRecordsFromEvent(KinesisEvent @event) => @event.Records ?? [];

    /// <inheritdoc/>
    protected override string GetRecordId(KinesisEvent.KinesisEventRecord record) => record.Kinesis.SequenceNumber;
}
