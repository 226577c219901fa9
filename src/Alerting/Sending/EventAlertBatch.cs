using Analytics.Alerting.Messages;
using Analytics.Streaming;

namespace Analytics.Alerting.Sending;

/// <summary>The events of a batch that match rules. The batch is a contiguous range of a shard.</summary>
public sealed record EventAlertBatch
{
    /// <summary>The shard.</summary>
    public required string ShardId { get; init; }

    /// <summary>The time when processing of the batch began.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>The sequence number of its first record.</summary>
    public required SequenceNumber First { get; init; }

    /// <summary>The sequence number of its last record.</summary>
    public required SequenceNumber Last { get; init; }

    /// <summary>Whether other batches may contain records with the sequence numbers of the first and last record.</summary>
    public required bool HasOpenEdges { get; init; }

    /// <summary>The matches in the order of the records.</summary>
    public required IReadOnlyList<EventMatch> Matches { get; init; }

    /// <summary>Returns the facts of a match; <see cref="AlertContent.HeldBack"/> and <see cref="AlertContent.LastAlert"/> are added to them.</summary>
    public required Func<EventMatch, AlertContent> Describe { get; init; }
}
