using Analytics.Events;

namespace Analytics.Cli.Shared.Sending;

/// <summary>
/// Aggregates records as the Kinesis Producer Library does, as far as they share a partition key: then the user records of an aggregate
/// belong to its shard however the stream is split, and enhanced fan-out leaves none out.
/// </summary>
internal static class Aggregation
{
    /// <summary>Records that are held back to be aggregated; those of one partition key among them are.</summary>
    public const int MaxHeld = 1_000;

    /// <summary>Bytes of user records in an aggregate, as the library's AggregationMaxSize.</summary>
    public const int MaxBytes = 50 * 1024;

    /// <summary>The records in aggregates; each partition key's in their order, aggregates among them taken apart.</summary>
    public static IEnumerable<OutgoingRecord> Of(IEnumerable<OutgoingRecord> records) =>
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

    // The library sends a user record that is alone as it is.
    private static OutgoingRecord Pack(string partitionKey, List<(string PartitionKey, ReadOnlyMemory<byte> Data)> users) =>
        users.Count == 1 ? new OutgoingRecord(partitionKey, users[0].Data) : new OutgoingRecord(partitionKey, KplAggregate.Pack(users), users.Count);
}
