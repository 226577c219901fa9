using Analytics.Local.Deployment;
using Analytics.Local.Mapping;
using Analytics.Local.Metrics;

namespace Analytics.Local.Tests.Metrics;

public sealed class MetricStoreTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly FakeTime _clock = new(Noon);
    private readonly MetricStore _store;

    public MetricStoreTests() => _store = new MetricStore(_clock);

    [Fact]
    public void ValuesOfAMinuteAreCombinedAndMinutesAreSeparate()
    {
        Add("A", 3, Noon);
        Add("A", 1, Noon.AddSeconds(59.9));
        Add("A", 5, Noon.AddSeconds(60));
        Add("B", 7, Noon);

        Assert.Equal(
            [("A", 0, 2, 4.0, 1.0, 3.0), ("A", 1, 1, 5, 5, 5), ("B", 0, 1, 7, 7, 7)],
            _store.Read().Select(value => (value.Name, value.Minute.Minute, (int)value.SampleCount, value.Sum, value.Minimum, value.Maximum)));
        Assert.Equal(2, _store.Read()[0].Average);
    }

    [Fact]
    public void MetricsDifferByDimensionsAndUnits()
    {
        Add("A", 1, Noon, "x");
        Add("A", 2, Noon, "y");
        _store.Add(new MetricDatum("N", "A", [KeyValuePair.Create("D", "x")], "Bytes", Noon, 4));

        Assert.Equal(3, _store.Read().Count);
    }

    [Fact]
    public void OldPointsAreRemoved()
    {
        Add("A", 1, Noon);
        _clock.Advance(MetricStore.Kept + TimeSpan.FromMinutes(1));
        Add("A", 2, _clock.GetUtcNow());

        Assert.Equal(2, Assert.Single(_store.Read()).Sum);
    }

    [Fact]
    public void ALineOfJsonIsReadAsItWasWritten()
    {
        Add("A", 1.25, Noon, "a \"quoted\" value");
        var value = Assert.Single(_store.Read());

        var again = MetricJson.Read(MetricJson.Write(value));

        Assert.Equal(value.Dimensions, again.Dimensions);
        Assert.Equal(value with { Dimensions = [] }, again with { Dimensions = [] });
    }

    [Fact]
    public void AMappingsEventsAreCountedOnceHoweverOftenTheyAreLookedAt()
    {
        var metrics = new LambdaMetrics(_store, _clock);
        metrics.Count("uuid", "counters", new EventSourceMappingStatistics { PolledEventCount = 10 });
        metrics.Count("uuid", "counters", new EventSourceMappingStatistics { PolledEventCount = 10 });
        metrics.Count("uuid", "counters", new EventSourceMappingStatistics { PolledEventCount = 25, DroppedEventCount = 1, DestinationDeliveryFailures = 2 });

        Assert.Equal(
            [("DestinationDeliveryFailures", "counters", 2.0), ("DroppedEventCount", "uuid", 1.0), ("PolledEventCount", "uuid", 25.0)],
            _store.Read().Select(value => (value.Name, value.Dimensions[0].Value, value.Sum)));
    }

    private void Add(string name, double value, DateTimeOffset time, string dimension = "d") =>
        _store.Add(new MetricDatum("N", name, [KeyValuePair.Create("D", dimension)], "Count", time, value));
}
