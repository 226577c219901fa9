using Analytics.Streaming;

namespace Analytics.Cli.Failures;

/// <summary>Consecutive records of a shard.</summary>
/// <param name="SourceArn">The stream, or its consumer with enhanced fan-out.</param>
/// <param name="ShardId">The shard.</param>
/// <param name="First">The first record's sequence number.</param>
/// <param name="Last">The last record's sequence number.</param>
/// <param name="FirstArrival">Arrival time of the first record.</param>
/// <param name="LastArrival">Arrival time of the last record.</param>
/// <param name="Count">
/// Number of records in the batch; a filter or a parallelization factor above 1 can exclude records in between. With enhanced fan-out these are user records, and
/// the batch need not contain all of those with the first and last sequence number.
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
