namespace Analytics.Local.Mapping;

/// <summary>A stream to be read by a mapping.</summary>
internal interface IShardStream
{
    /// <summary>Lists all shards of the stream, including closed ones.</summary>
    Task<IReadOnlyList<ShardInfo>> ListShardsAsync(CancellationToken cancellationToken);

    /// <summary>Gets an iterator.</summary>
    Task<string> GetIteratorAsync(string shardId, IteratorPosition position, CancellationToken cancellationToken);

    /// <summary>Reads from an iterator, or returns null if it has expired.</summary>
    Task<ShardPage?> GetRecordsAsync(string iterator, CancellationToken cancellationToken);
}

/// <summary>The position of an iterator: at or after a sequence number, at the latest record, or at the oldest.</summary>
/// <param name="IsLatest">Whether it is the latest record.</param>
/// <param name="SequenceNumber">The sequence number, if any.</param>
/// <param name="IsIncluded">Whether the iterator starts at the record with the sequence number, not after it.</param>
internal readonly record struct IteratorPosition(bool IsLatest, string? SequenceNumber, bool IsIncluded = false)
{
    public static IteratorPosition TrimHorizon => default;

    public static IteratorPosition Latest => new(true, null);

    public static IteratorPosition AfterSequenceNumber(string sequenceNumber) => new(false, sequenceNumber);

    public static IteratorPosition AtSequenceNumber(string sequenceNumber) => new(false, sequenceNumber, IsIncluded: true);
}

/// <summary>The result of a read.</summary>
/// <param name="Records">The records, in the order of the shard.</param>
/// <param name="NextIterator">The next iterator, or null at the end of a closed shard.</param>
/// <param name="IsBehind">Whether the stream reports that there are more records.</param>
internal sealed record ShardPage(IReadOnlyList<ShardRecord> Records, string? NextIterator, bool IsBehind);
