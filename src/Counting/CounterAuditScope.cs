using Analytics.Streaming;

namespace Analytics.Counting;

/// <summary>What an audit looks at.</summary>
/// <param name="From">Windows that start at this time, UTC, or later.</param>
/// <param name="To">Windows that start before this time.</param>
public sealed record CounterAuditScope(DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>One counter only; null for all.</summary>
    public string? Counter { get; init; }

    /// <summary>One shard only; null for all.</summary>
    public string? ShardId { get; init; }

    /// <summary>
    /// Records up to here, by shard, have been brought back after Lambda had given them up: they are to be counted, however far the function has
    /// come by itself.
    /// </summary>
    public IReadOnlyDictionary<string, SequenceNumber> BroughtBack { get; init; } = new Dictionary<string, SequenceNumber>();
}
