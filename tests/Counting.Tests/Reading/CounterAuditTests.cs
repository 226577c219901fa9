using Analytics.Events.Definitions;

namespace Analytics.Counting.Tests.Reading;

public sealed class CounterAuditTests
{
    [Fact]
    public void WhatAgreesHasNoDifference() => Assert.Empty(CounterAudit.Compare([Value("a", 1), Value("b", 2)], [Value("b", 2), Value("a", 1)]));

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
        var value = Value("a", 1) with { Sum = 1, Min = 1, Max = 1, Distinct = 1, Percentiles = new CounterPercentiles(1, 1, 1, 1) };
        var other = value with { Sum = 2, Min = 2, Max = 2, Distinct = 2, Percentiles = new CounterPercentiles(1, 1, 1, 2) };
        Assert.Equal(["sum", "min", "max", "distinct", "percentiles"], CounterAudit.Compare([value], [other]).Select(one => one.Measure));
    }

    [Fact]
    public void PercentilesAreToldOnOneLine() =>
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

    private static CounterValue Value(string key, long count, decimal? sum = null) => new()
    {
        Counter = "c",
        Window = CounterWindow.Day,
        Start = Some.Noon,
        Key = key,
        Count = count,
        Sum = sum,
    };
}
