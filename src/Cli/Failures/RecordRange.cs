using Analytics.Streaming;

namespace Analytics.Cli.Failures;

/// <summary>Consecutive records of a shard.</summary>
/// <param name="StreamArn">The stream.</param>
/// <param name="ShardId">The shard.</param>
/// <param name="First">The first record's sequence number.</param>
/// <param name="Last">The last record's.</param>
/// <param name="FirstArrival">When the first arrived.</param>
/// <param name="LastArrival">When the last arrived.</param>
/// <param name="Count">How many of them were in the batch; a filter, or lanes, can leave records between out.</param>
internal readonly record struct RecordRange(
    string StreamArn,
    string ShardId,
    SequenceNumber First,
    SequenceNumber Last,
    DateTimeOffset FirstArrival,
    DateTimeOffset LastArrival,
    int Count);
