namespace Analytics.Local.Mapping;

/// <summary>A record as it was read from a shard.</summary>
/// <param name="SequenceNumber">Its place in the shard.</param>
/// <param name="PartitionKey">What it was put with.</param>
/// <param name="Data">Its bytes.</param>
/// <param name="ArrivalTime">When the stream took it in, UTC.</param>
internal readonly record struct ShardRecord(string SequenceNumber, string PartitionKey, ReadOnlyMemory<byte> Data, DateTimeOffset ArrivalTime)
{
    /// <summary>Its position among the user records of the aggregate that it was taken from; 0 for a whole record.</summary>
    public int Part { get; init; }

    /// <summary>Whether no further user record was taken from the same aggregate.</summary>
    public bool IsLastPart { get; init; } = true;

    /// <summary>Whether Lambda leaves it out: an aggregate with a user record outside the shard's hash key range.</summary>
    public bool IsLeftOut { get; init; }
}

/// <summary>A record that waits for its turn or is in a batch.</summary>
/// <param name="Record">The record.</param>
/// <param name="Ordinal">Counts the records of the shard as they were read, filtered ones too.</param>
/// <param name="Before">The place before it in the shard: the checkpoint when this one is the first unsettled.</param>
/// <param name="PolledAt">When it was read.</param>
/// <param name="EventBytes">The bytes that it takes in an event, without a comma.</param>
internal readonly record struct PolledRecord(ShardRecord Record, long Ordinal, ShardPlace Before, DateTimeOffset PolledAt, int EventBytes);

/// <summary>A place in a shard.</summary>
/// <param name="SequenceNumber">The last record before it; null at the beginning.</param>
/// <param name="UserRecords">How many user records of that record are before it, when it is within an aggregate; null when all are.</param>
internal readonly record struct ShardPlace(string? SequenceNumber, int? UserRecords);
