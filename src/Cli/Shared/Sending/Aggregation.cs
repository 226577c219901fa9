using Analytics.Events;

namespace Analytics.Cli.Shared.Sending;

/// <summary>
/// Aggregates records that share a partition key, as the Kinesis Producer Library does: then all user records of an aggregate
/// belong to its shard even if the stream is resharded, and enhanced fan-out skips none.
/// </summary>
internal static class Aggregation
{
    /// <summary>Number of records that are buffered for aggregation by partition key.</summary>
    public const int MaxHeld = 1_000;

    /// <summary>Maximum bytes of user records in an aggregate, like the library's AggregationMaxSize.</summary>
    public const int MaxBytes = 50 * 1024;

    /// <summary>Aggregates records. The order per partition key is preserved, and aggregates among the records are deaggregated first.</summary>
    public static IEnumerable<OutgoingRecord> Aggregate(IEnumerable<OutgoingRecord> records) =>
        records.SelectMany(TakeApart).Chunk(MaxHeld).SelectMany(held => held.GroupBy(record => record.PartitionKey, StringComparer.Ordinal).SelectMany(Pack));

    private static IEnumerable<OutgoingRecord> TakeApart(OutgoingRecord record) => AggregatedRecord.TryRead(record.Data, out var users)
        ? users.Select(user => new OutgoingRecord(user.PartitionKey, user.Data))
        : [record];

    private static IEnumerable<OutgoingRecord> Pack(IGrouping<string, OutgoingRecord> records)
    {
        var users = new List<(string PartitionKey, ReadOnlyMemory<byte> Data)>();
        var bytes = 0;
        foreach (var record in records)
        {
            if (users.Count > 0 && bytes + record.Data.Length > MaxBytes)
            {
                yield return Pack(records.Key, users);
                users.Clear();
                bytes = 0;
            }

            users.Add((record.PartitionKey, record.Data));
            bytes += record.Data.Length;
        }

        yield return Pack(records.Key, users);
    }

    // The library sends a single user record without aggregation.
    private static OutgoingRecord Pack(string partitionKey, List<(string PartitionKey, ReadOnlyMemory<byte> Data)> users) =>
        users.Count == 1 ? new OutgoingRecord(partitionKey, users[0].Data) : new OutgoingRecord(partitionKey, AggregateWriter.Pack(users), users.Count);
}
