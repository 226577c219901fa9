namespace Analytics.Local.Mapping;

/// <summary>A stream, as far as a mapping reads it.</summary>
internal interface IShardStream
{
    /// <summary>All shards that the stream still has, closed ones too.</summary>
    Task<IReadOnlyList<ShardInfo>> ListShardsAsync(CancellationToken cancellationToken);

    /// <summary>Places an iterator.</summary>
    Task<string> GetIteratorAsync(string shardId, ShardPosition position, CancellationToken cancellationToken);

    /// <summary>Reads from an iterator; null when it has expired.</summary>
    Task<ShardPage?> GetRecordsAsync(string iterator, CancellationToken cancellationToken);
}

/// <summary>Where to place an iterator: at or after a sequence number, at the latest record, or at the oldest.</summary>
/// <param name="IsLatest">Whether it is the latest record.</param>
/// <param name="SequenceNumber">The sequence number, if any.</param>
/// <param name="IsIncluded">Whether the iterator begins with the record of that sequence number, not after it.</param>
internal readonly record struct ShardPosition(bool IsLatest, string? SequenceNumber, bool IsIncluded = false)
{
    public static ShardPosition TrimHorizon => default;

    public static ShardPosition Latest => new(true, null);

    public static ShardPosition AfterSequenceNumber(string sequenceNumber) => new(false, sequenceNumber);

    public static ShardPosition AtSequenceNumber(string sequenceNumber) => new(false, sequenceNumber, IsIncluded: true);
}

/// <summary>What one read gave.</summary>
/// <param name="Records">The records, in the order of the shard.</param>
/// <param name="NextIterator">Where to read on; null at the end of a closed shard.</param>
/// <param name="IsBehind">Whether the stream says that there is more.</param>
internal sealed record ShardPage(IReadOnlyList<ShardRecord> Records, string? NextIterator, bool IsBehind);
