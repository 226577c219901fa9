namespace Analytics.Counting.Auditing;

/// <summary>The scope of an audit.</summary>
/// <param name="From">Earliest start of a window, UTC.</param>
/// <param name="To">Latest start of a window, exclusive.</param>
public sealed record CounterAuditScope(DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>The counter whose windows are compared, or null for all. Links are always compared.</summary>
    public string? Counter { get; init; }

    /// <summary>Whether all records have been delivered, so that all must be counted.</summary>
    public bool IsDrained { get; init; }

    /// <summary>The shards of the stream, including closed ones.</summary>
    public IReadOnlyList<string> StreamShards { get; init; } = [];
}
