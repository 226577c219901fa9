using System.Globalization;
using Amazon.DynamoDBv2.Model;
using Analytics.Counting.Keys;
using Analytics.Counting.Sketches;
using Analytics.Streaming;

namespace Analytics.Counting.Partials;

/// <summary>The names of the table's attributes, and how a partial stands in them.</summary>
internal static class PartialAttributes
{
    public const string PartitionKey = "pk";
    public const string SortKey = "sk";

    /// <summary>The attribute by which DynamoDB removes an item: seconds since 1970.</summary>
    public const string Expiry = "expiresAt";

    /// <summary>The watermark, as <see cref="SequenceNumber.ToSortableString"/>.</summary>
    public const string Watermark = "watermark";

    /// <summary>How often the partial was repaired; missing for never.</summary>
    public const string Revision = "revision";

    public const string Count = "count";

    /// <summary>The sum down to its ninth decimal place.</summary>
    public const string Sum = "sum";

    /// <summary>What the sum has below, in units of 10^-28; missing when there is nothing.</summary>
    public const string SumRest = "sumRest";

    public const string Min = "min";
    public const string Max = "max";
    public const string Distinct = "distinct";
    public const string Percentiles = "percentiles";
    public const string Last = "last";
    public const string LastAt = "lastAt";

    /// <summary>A list of admitted values: a set of fingerprints of 8 bytes.</summary>
    public const string Values = "values";

    /// <summary>The attributes of what a partial measures, those that not every counter has.</summary>
    public static IReadOnlyList<string> Measures { get; } = [Sum, SumRest, Min, Max, Distinct, Percentiles, Last, LastAt];

    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public static Dictionary<string, AttributeValue> Key(ItemKey key) => new(2)
    {
        [PartitionKey] = new AttributeValue { S = key.Partition },
        [SortKey] = new AttributeValue { S = key.Sort },
    };

    public static ItemKey KeyOf(Dictionary<string, AttributeValue> item) => new(item[PartitionKey].S, item[SortKey].S);

    public static AttributeValue Number(long value) => new() { N = value.ToString(CultureInfo.InvariantCulture) };

    public static AttributeValue Time(DateTimeOffset time) => new() { S = time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture) };

    /// <summary>All that a partial holds beside its count and its sum.</summary>
    public static IEnumerable<(string Name, AttributeValue Value)> StateOf(Partial partial)
    {
        if (partial.Min is { } min)
        {
            yield return (Min, new AttributeValue { N = min.ToString(CultureInfo.InvariantCulture) });
        }

        if (partial.Max is { } max)
        {
            yield return (Max, new AttributeValue { N = max.ToString(CultureInfo.InvariantCulture) });
        }

        if (partial.Distinct is not null)
        {
            yield return (Distinct, new AttributeValue { B = new MemoryStream(partial.Distinct.ToBytes()) });
        }

        if (partial.Percentiles is not null)
        {
            yield return (Percentiles, new AttributeValue { B = new MemoryStream(partial.Percentiles.ToBytes()) });
        }

        if (partial.Last is not null)
        {
            yield return (Last, new AttributeValue { S = partial.Last });
            yield return (LastAt, Time(partial.LastAt));
        }
    }

    /// <summary>Reads an item; an empty one, or null, is <see cref="StoredPartial.Nothing"/>.</summary>
    public static StoredPartial Read(Dictionary<string, AttributeValue>? item)
    {
        if (item is null || !item.TryGetValue(Watermark, out var watermark))
        {
            return StoredPartial.Nothing;
        }

        var partial = new Partial
        {
            Count = item.TryGetValue(Count, out var count) ? long.Parse(count.N, CultureInfo.InvariantCulture) : 0,
            Sum = item.TryGetValue(Sum, out var sum) ? ExactNumber.Parse(sum.N, item.GetValueOrDefault(SumRest)?.N) : null,
            Min = DecimalOf(item, Min),
            Max = DecimalOf(item, Max),
            Distinct = item.TryGetValue(Distinct, out var distinct) ? DistinctSketch.FromBytes(distinct.B.ToArray()) : null,
            Percentiles = item.TryGetValue(Percentiles, out var percentiles) ? PercentileSketch.FromBytes(percentiles.B.ToArray()) : null,
            Last = item.GetValueOrDefault(Last)?.S,
            LastAt = item.TryGetValue(LastAt, out var at)
                ? DateTimeOffset.Parse(at.S, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)
                : default,
        };
        var revision = item.TryGetValue(Revision, out var repaired) ? long.Parse(repaired.N, CultureInfo.InvariantCulture) : 0;
        return new StoredPartial(partial, SequenceNumber.FromSortableString(watermark.S), revision);
    }

    private static decimal? DecimalOf(Dictionary<string, AttributeValue> item, string name) =>
        item.TryGetValue(name, out var value) ? decimal.Parse(value.N, NumberStyles.Float, CultureInfo.InvariantCulture) : null;
}
