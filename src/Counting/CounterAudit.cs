using Analytics.Events.Definitions;

namespace Analytics.Counting;

/// <summary>Compares what the counters came to with what they should have come to.</summary>
public static class CounterAudit
{
    /// <summary>
    /// The differences. Where a window has a <c>(other)</c>, which values it took depends on how the shards were read, so there only the totals of
    /// all values must agree, and no value may have more than it should.
    /// </summary>
    /// <param name="counted">What <see cref="CounterReader"/> read.</param>
    /// <param name="recounted">What <see cref="CounterRecount"/> came to, of the same events.</param>
    public static IReadOnlyList<CounterDifference> Compare(IEnumerable<CounterValue> counted, IEnumerable<CounterValue> recounted)
    {
        var actual = counted.ToLookup(WindowOf);
        var expected = recounted.ToLookup(WindowOf);
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
            var any = actual[0] with { Key = Keys.ValueText.All };
            if (Difference(any, "count", expected.Sum(value => value.Count), actual.Sum(value => value.Count)) is { } count)
            {
                yield return count;
            }

            if (Difference(any, "sum", expected.Sum(value => value.Sum), actual.Sum(value => value.Sum)) is { } sum)
            {
                yield return sum;
            }
        }

        var expectedByKey = expected.ToDictionary(value => value.Key, StringComparer.Ordinal);
        var actualByKey = actual.ToDictionary(value => value.Key, StringComparer.Ordinal);
        foreach (var key in expectedByKey.Keys.Union(actualByKey.Keys))
        {
            var should = expectedByKey.GetValueOrDefault(key);
            var has = actualByKey.GetValueOrDefault(key);
            var differences = hasOther ? Excess(should, has) : Differences(should, has);
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

    /// <summary>The differences between what a value should have come to and what it came to; null stands for nothing.</summary>
    internal static IEnumerable<CounterDifference> Differences(CounterValue? should, CounterValue? has)
    {
        var either = (should ?? has)!;
        CounterDifference?[] differences =
        [
            Difference(either, "count", should?.Count ?? 0, has?.Count ?? 0),
            Difference(either, "sum", should?.Sum, has?.Sum),
            Difference(either, "min", should?.Min, has?.Min),
            Difference(either, "max", should?.Max, has?.Max),
            Difference(either, "distinct", should?.Distinct, has?.Distinct),
            Difference(either, "percentiles", should?.Percentiles, has?.Percentiles),
        ];
        return differences.OfType<CounterDifference>();
    }

    private static CounterDifference? Difference<T>(CounterValue value, string measure, T expected, T actual) =>
        EqualityComparer<T>.Default.Equals(expected, actual)
            ? null
            : new CounterDifference(
                value.Counter, value.Window, value.Start, value.Value, measure, expected?.ToString() ?? "nothing", actual?.ToString() ?? "nothing");

    private static (string Counter, CounterWindow Window, DateTimeOffset Start) WindowOf(CounterValue value) =>
        (value.Counter, value.Window, value.Start);
}
