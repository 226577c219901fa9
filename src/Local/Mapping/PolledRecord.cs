namespace Analytics.Local.Mapping;

/// <summary>A record as it was read from a shard.</summary>
/// <param name="SequenceNumber">Its place in the shard.</param>
/// <param name="PartitionKey">What it was put with.</param>
/// <param name="Data">Its bytes.</param>
/// <param name="ArrivalTime">When the stream took it in, UTC.</param>
internal readonly record struct ShardRecord(string SequenceNumber, string PartitionKey, ReadOnlyMemory<byte> Data, DateTimeOffset ArrivalTime);

/// <summary>A record that waits for its turn or is in a batch.</summary>
/// <param name="Record">The record.</param>
/// <param name="Ordinal">Counts the records of the shard as they were read, filtered ones too.</param>
/// <param name="Before">The sequence number of the record before it in the shard: the checkpoint when this one is the first unsettled.</param>
/// <param name="PolledAt">When it was read.</param>
/// <param name="EventBytes">The bytes that it takes in an event, without a comma.</param>
internal readonly record struct PolledRecord(ShardRecord Record, long Ordinal, string? Before, DateTimeOffset PolledAt, int EventBytes);
