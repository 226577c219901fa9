namespace Analytics.Local.Mapping;

/// <summary>How far a mapping has come in a shard. Everything up to and including it is settled.</summary>
public sealed record ShardCheckpoint
{
    /// <summary>The shard.</summary>
    public required string ShardId { get; init; }

    /// <summary>The last settled record, or null when there is none yet.</summary>
    public string? SequenceNumber { get; init; }

    /// <summary>
    /// How many user records of that record are settled, when the record is a KPL aggregate that was taken apart for a consumer with enhanced
    /// fan-out and not all of them are; null when all are.
    /// </summary>
    public int? UserRecords { get; init; }

    /// <summary>Whether the shard is closed and all of it is settled, so that its children may be read.</summary>
    public bool IsFinished { get; init; }

    /// <summary>The tumbling window that is open at this point, if any.</summary>
    public WindowCheckpoint? Window { get; init; }
}

/// <summary>A tumbling window that has begun and has not had its final invocation.</summary>
/// <param name="Start">Its first moment, UTC.</param>
/// <param name="State">The state that the function returned last, a JSON object in UTF-8.</param>
/// <param name="IsOverLimit">Whether the state is over 1 MB, so that the window is to end early.</param>
public sealed record WindowCheckpoint(DateTimeOffset Start, ReadOnlyMemory<byte> State, bool IsOverLimit);

/// <summary>All that is known of a mapping that ran before.</summary>
/// <param name="StartedAt">When it started for the first time, UTC: from then on LATEST must miss nothing.</param>
/// <param name="Shards">The checkpoints by shard id.</param>
public sealed record MappingCheckpoint(DateTimeOffset StartedAt, IReadOnlyDictionary<string, ShardCheckpoint> Shards);
