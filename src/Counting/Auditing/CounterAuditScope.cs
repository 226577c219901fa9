namespace Analytics.Counting.Auditing;

/// <summary>What an audit compares.</summary>
/// <param name="From">Windows that start at this time, UTC, or later.</param>
/// <param name="To">Windows that start before this time.</param>
public sealed record CounterAuditScope(DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>The counter whose windows are compared; null for all. Links are always compared.</summary>
    public string? Counter { get; init; }

    /// <summary>Whether all records have been delivered, so that none may be uncounted.</summary>
    public bool IsDrained { get; init; }

    /// <summary>The shards that the stream has, closed ones too.</summary>
    public IReadOnlyList<string> StreamShards { get; init; } = [];
}
