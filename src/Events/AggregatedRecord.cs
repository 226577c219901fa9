using System.Diagnostics.CodeAnalysis;
using Analytics.Events.Reading;

namespace Analytics.Events;

/// <summary>A user record of a KPL aggregate, as it is taken apart without being read.</summary>
/// <param name="PartitionKey">Its own partition key.</param>
/// <param name="ExplicitHashKey">The hash key that its producer gave in place of the partition key's hash, a decimal; null for none.</param>
/// <param name="Data">Its bytes.</param>
public readonly record struct AggregatedRecord(string PartitionKey, string? ExplicitHashKey, ReadOnlyMemory<byte> Data)
{
    /// <summary>Takes a record apart; false when it is not an aggregate, or a damaged one.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> data, [NotNullWhen(true)] out IReadOnlyList<AggregatedRecord>? records)
    {
        records = null;
        if (!KplAggregate.IsAggregate(data.Span) || !KplAggregate.TryOpen(data, out var aggregate))
        {
            return false;
        }

        var found = new List<AggregatedRecord>();
        while (aggregate.TryNext(out var user, out var partitionKey, out _))
        {
            found.Add(new AggregatedRecord(partitionKey, aggregate.ExplicitHashKey, user));
        }

        records = found;
        return true;
    }
}
