namespace Analytics.Local.Mapping;

/// <summary>A record read from a shard.</summary>
/// <param name="SequenceNumber">The sequence number.</param>
/// <param name="PartitionKey">The partition key.</param>
/// <param name="Data">The bytes.</param>
/// <param name="ArrivalTime">The arrival time in the stream, UTC.</param>
internal readonly record struct ShardRecord(string SequenceNumber, string PartitionKey, ReadOnlyMemory<byte> Data, DateTimeOffset ArrivalTime)
{
    /// <summary>The position among the user records of its aggregate; 0 for a whole record.</summary>
    public int Part { get; init; }

    /// <summary>Whether it is the last user record of its aggregate.</summary>
    public bool IsLastPart { get; init; } = true;

    /// <summary>Whether Lambda skips it: an aggregate with a user record outside the shard's hash key range.</summary>
    public bool IsLeftOut { get; init; }
}

/// <summary>A record that is queued or in a batch.</summary>
/// <param name="Record">The record.</param>
/// <param name="Ordinal">The number of the record in the order of reads, including filtered ones.</param>
/// <param name="Before">The position before it in the shard: the checkpoint if this is the first unsettled record.</param>
/// <param name="PolledAt">The time when it was read.</param>
/// <param name="EventBytes">Its size in an event without a comma, in bytes.</param>
internal readonly record struct PolledRecord(ShardRecord Record, long Ordinal, ShardPlace Before, DateTimeOffset PolledAt, int EventBytes);

/// <summary>A position in a shard.</summary>
/// <param name="SequenceNumber">The last record before it, or null at the start.</param>
/// <param name="UserRecords">The number of user records of that record before it, if it is within an aggregate, or null for all.</param>
internal readonly record struct ShardPlace(string? SequenceNumber, int? UserRecords);
