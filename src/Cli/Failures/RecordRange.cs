using Analytics.Streaming;

namespace Analytics.Cli.Failures;

/// <summary>Consecutive records of a shard.</summary>
/// <param name="SourceArn">The stream, or its consumer with enhanced fan-out.</param>
/// <param name="ShardId">The shard.</param>
/// <param name="First">The first record's sequence number.</param>
/// <param name="Last">The last record's.</param>
/// <param name="FirstArrival">When the first arrived.</param>
/// <param name="LastArrival">When the last arrived.</param>
/// <param name="Count">
/// How many of them were in the batch; a filter, or lanes, can leave records between out. With enhanced fan-out these are user records, and
/// those of the first and the last sequence number need not all be in the batch.
/// </param>
internal readonly record struct RecordRange(
    string SourceArn,
    string ShardId,
    SequenceNumber First,
    SequenceNumber Last,
    DateTimeOffset FirstArrival,
    DateTimeOffset LastArrival,
    int Count)
{
    /// <summary>The stream's ARN.</summary>
    public string StreamArn => EventSourceArn.GetStream(SourceArn);

    /// <summary>Whether the batch was read with enhanced fan-out.</summary>
    public bool IsFromConsumer => EventSourceArn.IsConsumer(SourceArn);
}
