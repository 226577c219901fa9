using System.Globalization;
using Analytics.Counting.Keys;
using Analytics.Counting.Sketches;
using Analytics.Counting.Tallies;
using Analytics.Events.Definitions;
using Analytics.Streaming;

namespace Analytics.Counting;

/// <summary>Compares counters with a recount.</summary>
public static class CounterAudit
{
    /// <summary>
    /// Returns the differences. If a window has <c>(other)</c>, the values counted under it depend on the order in which shards were rolled up, so only
    /// the totals of all values must agree, and no value may exceed its recount.
    /// </summary>
    /// <param name="counted">The values read by <see cref="CounterReader"/>.</param>
    /// <param name="recounted">The values of a <see cref="CounterRecount"/> of the same events.</param>
    public static IReadOnlyList<CounterDifference> Compare(IEnumerable<CounterValue> counted, IEnumerable<CounterValue> recounted)
    {
        var actual = counted.ToLookup(GetWindow);
        var expected = recounted.ToLookup(GetWindow);
        return
        [
            .. actual.Select(window => window.Key)
                .Union(expected.Select(window => window.Key))
                .SelectMany(window => CompareWindow([.. actual[window]], [.. expected[window]])),
        ];
    }

    private static IEnumerable<CounterDifference> CompareWindow(List<CounterValue> actual, List<CounterValue> expected)
    {
        var hasOther = actual.Exists(value => value.IsOther);
        if (hasOther)
        {
            var any = actual[0] with { Key = ValueText.All };
            foreach (var difference in Differences(any, Total(expected), Total(actual)))
            {
                yield return difference;
            }
        }

        var expectedByKey = expected.ToDictionary(value => value.Key, StringComparer.Ordinal);
        var actualByKey = actual.ToDictionary(value => value.Key, StringComparer.Ordinal);
        foreach (var key in expectedByKey.Keys.Union(actualByKey.Keys))
        {
            var should = expectedByKey.GetValueOrDefault(key);
            var has = actualByKey.GetValueOrDefault(key);
            var differences = hasOther ? Excess(should, has) : Differences(should ?? has!, should?.Tally, has?.Tally);
            foreach (var difference in differences)
            {
                yield return difference;
            }
        }
    }

    private static IEnumerable<CounterDifference> Excess(CounterValue? should, CounterValue? has)
    {
        if (has is { IsOther: false } && has.Count > (should?.Count ?? 0))
        {
            yield return Difference(has, "count", should?.Count ?? 0, has.Count)!;
        }
    }

    private static Tally Total(List<CounterValue> values)
    {
        var total = new Tally();
        values.ForEach(value => total.Merge(value.Tally));
        return total;
    }

    private static IEnumerable<CounterDifference> Differences(CounterValue value, Tally? should, Tally? has)
    {
        CounterDifference?[] differences =
        [
            Difference(value, "count", should?.Count ?? 0, has?.Count ?? 0),
            Difference(value, "sum", should?.Sum, has?.Sum),
            Difference(value, "min", should?.Min, has?.Min),
            Difference(value, "max", should?.Max, has?.Max),
            Difference(value, "distinct", Describe(should?.Distinct), Describe(has?.Distinct)),
            Difference(value, "percentiles", Describe(should?.Percentiles), Describe(has?.Percentiles)),
            Difference(value, "last", Describe(should), Describe(has)),
        ];
        return differences.OfType<CounterDifference>();
    }

    /// <summary>Returns the estimate and a checksum, which distinguishes sketches of different texts with the same estimate.</summary>
    private static string? Describe(DistinctSketch? sketch) =>
        sketch is null ? null : string.Create(CultureInfo.InvariantCulture, $"{sketch.Estimate()} (sketch {XxHash64.Compute(sketch.ToBytes()):x16})");

    private static string? Describe(PercentileSketch? sketch) =>
        sketch is null ? null : string.Create(CultureInfo.InvariantCulture, $"p50 {sketch.Quantile(0.5):G6}, p99 {sketch.Quantile(0.99):G6} (sketch {XxHash64.Compute(sketch.ToBytes()):x16})");

    private static string? Describe(Tally? tally) =>
        tally?.Last is null ? null : string.Create(CultureInfo.InvariantCulture, $"'{tally.Last}' at {tally.LastAt.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}");

    private static CounterDifference? Difference<T>(CounterValue value, string measure, T expected, T actual) =>
        EqualityComparer<T>.Default.Equals(expected, actual)
            ? null
            : new CounterDifference(
                value.Counter, value.Window, value.Start, value.Value, measure, expected?.ToString() ?? "nothing", actual?.ToString() ?? "nothing");

    private static (string Counter, CounterWindow Window, DateTimeOffset Start, string Definition) GetWindow(CounterValue value) =>
        (value.Counter, value.Window, value.Start, value.Definition);
}
