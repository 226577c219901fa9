using Analytics.Events;

namespace Analytics.Local.Mapping;

/// <summary>
/// Deaggregates KPL records, as Lambda does for a consumer with enhanced fan-out: each user record becomes a record with its own partition
/// key and data, and the aggregate's sequence number and arrival time.
/// </summary>
internal static class Aggregates
{
    /// <summary>Returns the records, with user records in place of aggregates. An aggregate with a user record outside the shard's hash key range is marked as skipped.</summary>
    public static IReadOnlyList<ShardRecord> TakeApart(IReadOnlyList<ShardRecord> records, HashKeyRange hashKeys)
    {
        var apart = new List<ShardRecord>(records.Count);
        foreach (var record in records)
        {
            if (!AggregatedRecord.TryRead(record.Data, out var users))
            {
                apart.Add(record);
            }
            else if (users.Any(user => !hashKeys.Contains(user.PartitionKey, user.ExplicitHashKey)))
            {
                apart.Add(record with { IsLeftOut = true });
            }
            else
            {
                apart.AddRange(users.Select((user, part) => record with
                {
                    PartitionKey = user.PartitionKey,
                    Data = user.Data,
                    Part = part,
                    IsLastPart = part == users.Count - 1,
                }));
            }
        }

        return apart;
    }
}
