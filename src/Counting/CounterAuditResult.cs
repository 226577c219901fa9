namespace Analytics.Counting;

/// <summary>What an audit found.</summary>
public sealed record CounterAuditResult
{
    /// <summary>The events of the archive that were counted again.</summary>
    public required long Events { get; init; }

    /// <summary>The partials - what one shard contributed to one counter, window and value - that were compared.</summary>
    public required long Partials { get; init; }

    /// <summary>Partials that the archive does not reach yet, because it is behind the counters; they were not compared.</summary>
    public required long Ahead { get; init; }

    /// <summary>Partials of a batch that was being written meanwhile; they were not compared.</summary>
    public required long Underway { get; init; }

    /// <summary>The differences, and the shards that they are of.</summary>
    public required IReadOnlyList<(string ShardId, CounterDifference Difference)> Differences { get; init; }

    /// <summary>Partials that were given what they should have come to.</summary>
    public required long Repaired { get; init; }

    /// <summary>Partials that changed while they were to be repaired; another audit finds them as they are now.</summary>
    public required long Changed { get; init; }
}
