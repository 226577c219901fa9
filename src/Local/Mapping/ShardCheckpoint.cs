namespace Analytics.Local.Mapping;

/// <summary>The progress of a mapping in a shard. Everything up to and including it is settled.</summary>
public sealed record ShardCheckpoint
{
    /// <summary>The shard.</summary>
    public required string ShardId { get; init; }

    /// <summary>The last settled record, or null if there is none yet.</summary>
    public string? SequenceNumber { get; init; }

    /// <summary>
    /// The number of settled user records of that record if it is a KPL aggregate that was deaggregated for a consumer with enhanced
    /// fan-out and not all of them are settled, or null.
    /// </summary>
    public int? UserRecords { get; init; }

    /// <summary>Whether the shard is closed and completely settled, so that its children may be read.</summary>
    public bool IsFinished { get; init; }

    /// <summary>The tumbling window that is open at this position, if any.</summary>
    public WindowCheckpoint? Window { get; init; }
}

/// <summary>A tumbling window that has started and has not had its final invocation.</summary>
/// <param name="Start">The start, UTC.</param>
/// <param name="State">The last state that the function returned, a JSON object in UTF-8.</param>
/// <param name="IsOverLimit">Whether the state exceeds 1 MB, so that the window ends early.</param>
public sealed record WindowCheckpoint(DateTimeOffset Start, ReadOnlyMemory<byte> State, bool IsOverLimit);

/// <summary>The stored progress of a mapping.</summary>
/// <param name="StartedAt">The time of its first start, UTC, from which LATEST must not miss any records.</param>
/// <param name="Shards">The checkpoints by shard ID.</param>
public sealed record MappingCheckpoint(DateTimeOffset StartedAt, IReadOnlyDictionary<string, ShardCheckpoint> Shards);
