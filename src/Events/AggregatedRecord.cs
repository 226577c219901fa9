using System.Diagnostics.CodeAnalysis;
using Analytics.Events.Reading;

namespace Analytics.Events;

/// <summary>A user record of a KPL aggregate, deaggregated but not decoded.</summary>
/// <param name="PartitionKey">The user record's partition key.</param>
/// <param name="ExplicitHashKey">The explicit hash key as a decimal, or null.</param>
/// <param name="Data">The bytes.</param>
public readonly record struct AggregatedRecord(string PartitionKey, string? ExplicitHashKey, ReadOnlyMemory<byte> Data)
{
    /// <summary>Deaggregates a record. Returns false if it is not an aggregate or is damaged.</summary>
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
