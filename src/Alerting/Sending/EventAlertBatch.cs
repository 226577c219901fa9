using Analytics.Alerting.Messages;
using Analytics.Streaming;

namespace Analytics.Alerting.Sending;

/// <summary>The events of a batch that rules select. The batch is a stretch of a shard without holes.</summary>
public sealed record EventAlertBatch
{
    /// <summary>The shard.</summary>
    public required string ShardId { get; init; }

    /// <summary>When the batch was taken up.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>The sequence number of its first record.</summary>
    public required SequenceNumber First { get; init; }

    /// <summary>The sequence number of its last record.</summary>
    public required SequenceNumber Last { get; init; }

    /// <summary>Whether other records with the sequence numbers of the first and the last record may be in other batches.</summary>
    public required bool HasOpenEdges { get; init; }

    /// <summary>The matches, in the order of the records.</summary>
    public required IReadOnlyList<EventMatch> Matches { get; init; }

    /// <summary>Gives the facts of a match; <see cref="AlertContent.HeldBack"/> and <see cref="AlertContent.LastAlert"/> are added to them.</summary>
    public required Func<EventMatch, AlertContent> Describe { get; init; }
}
