using Analytics.Counting.Keys;
using Analytics.Counting.Tallies;
using Analytics.Events.Definitions;

namespace Analytics.Counting.Tests.Reading;

public sealed class CounterAuditTests
{
    [Fact]
    public void EqualSetsHaveNoDifference() => Assert.Empty(CounterAudit.Compare([Value("a", 1), Value("b", 2)], [Value("b", 2), Value("a", 1)]));

    [Fact]
    public void MissingExcessAndWrongCountsAreFound()
    {
        var differences = CounterAudit.Compare([Value("a", 1), Value("c", 5)], [Value("a", 2), Value("b", 3)]);
        Assert.Equal(
            [("a", "2", "1"), ("b", "3", "0"), ("c", "0", "5")],
            differences.Where(one => one.Measure == "count").Select(one => (one.Value, one.Expected, one.Actual)));
    }

    [Fact]
    public void EachMeasureIsCompared()
    {
        CounterValue[] Values(string number, string text) =>
        [
            .. new[] { "sum", "min", "max", "percentiles" }.SelectMany(measure => Recount(
                $$"""{"name":"{{measure}}","pattern":{"event_type":[{"exists":true}]},"measure":"{{measure}}","field":"amount","windows":["day"]}""", $$"""{"amount":{{number}}}""")),
            .. Recount("""{"name":"d","pattern":{"event_type":[{"exists":true}]},"measure":"distinct","field":"message","windows":["day"]}""", $$"""{"message":"{{text}}"}"""),
            .. Recount("""{"name":"l","pattern":{"event_type":[{"exists":true}]},"measure":"count","last":"message","windows":["day"]}""", $$"""{"message":"{{text}}"}"""),
        ];
        Assert.Empty(CounterAudit.Compare(Values("1", "a"), Values("1.0", "a")));
        Assert.Equal(
            ["sum", "min", "max", "percentiles", "distinct", "last"],
            CounterAudit.Compare(Values("1", "a"), Values("2", "b")).Select(one => one.Measure));
    }

    [Fact]
    public void SumsAreComparedUnrounded()
    {
        CounterValue[] Values(string small) => [.. Recount(
            """{"name":"s","pattern":{"event_type":[{"exists":true}]},"measure":"sum","field":"amount","windows":["day"]}""", """{"amount":12345678901234567}""", $$"""{"amount":{{small}}}""")];
        var (one, two) = (Values("0.0000000000000000000000000001"), Values("0.0000000000000000000000000002"));
        Assert.Equal(one[0].Sum, two[0].Sum);
        Assert.Equal("sum", Assert.Single(CounterAudit.Compare(one, two)).Measure);
    }

    [Fact]
    public void PercentilesArePrintedOnOneLine() =>
        Assert.Equal("p50 268.77, p90 438, p95 2207.69, p99 0.00125", new CounterPercentiles(268.76955211256023, 438, 2207.6927654714673, 0.00125).ToString());

    [Fact]
    public void WhereThereAreOthersTheTotalsMustAgree()
    {
        CounterValue[] counted = [Value("a", 2, 3m), Value("(other)", 5, 7m)];
        Assert.Empty(CounterAudit.Compare(counted, [Value("a", 3, 4m), Value("b", 4, 6m)]));
        var difference = Assert.Single(CounterAudit.Compare(counted, [Value("a", 3, 4m), Value("b", 3, 6m)]));
        Assert.Equal(("(all)", "count", "6", "7"), (difference.Value, difference.Measure, difference.Expected, difference.Actual));
        difference = Assert.Single(CounterAudit.Compare(counted, [Value("a", 1, 4m), Value("b", 6, 6m)]));
        Assert.Equal(("a", "count", "1", "2"), (difference.Value, difference.Measure, difference.Expected, difference.Actual));
    }

    private static IReadOnlyList<CounterValue> Recount(string counter, params string[] events)
    {
        var recount = new CounterRecount(Some.Plan(counter));
        Array.ForEach(events, json => recount.Add(Some.Utf8(json), Some.Noon));
        return recount.Values();
    }

    private static CounterValue Value(string key, long count, decimal? sum = null)
    {
        var tally = new Tally { Count = count };
        if (sum is { } number && ExactNumber.TryCreate(number, out var exact))
        {
            tally.Sum = exact;
        }

        return CounterValue.Create(new WindowKey("c", CounterWindow.Day, Some.Noon.Date.Ticks, "hash"), key, tally, Measure.Sum, isComplete: true);
    }
}
