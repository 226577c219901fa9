using System.Text;
using System.Text.Json;
using Analytics.Counting;
using Analytics.Dashboard.Counters;
using Analytics.Dashboard.Parts;
using Analytics.Events.Definitions;

namespace Analytics.Dashboard.Tests.Counters;

/// <summary>A counter's chart follows from its definition.</summary>
public sealed class CountersPartTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 30, 20, TimeSpan.Zero);

    private static readonly Definitions Some = Definitions.Parse(Encoding.UTF8.GetBytes(
        """
        {"counters":[
          {"name":"clicks","pattern":{"event_type":["click"]},"measure":"count","by":["page_url"],"windows":["minute","day"]},
          {"name":"revenue","pattern":{"event_type":["purchase"]},"measure":"sum","field":"amount","windows":["minute"]},
          {"name":"load","pattern":{"event_type":["page_view"]},"measure":"percentiles","field":"load_time","windows":["minute"]},
          {"name":"visitors","pattern":{"event_type":["page_view"]},"measure":"distinct","field":"user_id","windows":["minute"]}
        ],"alerts":[]}
        """));

    [Fact]
    public void CountIsTheSumOfWindowsAndOtherValuesShareALine()
    {
        var starts = CounterSpan.Starts(CounterWindow.Minute, Now);
        var values = Enumerable.Range(0, 8).SelectMany(i => new[] { Value("clicks", starts[^1], $"/{i}", 10 - i), Value("clicks", starts[^2], $"/{i}", 1) });

        var series = SeriesBuilder.Build(Some.Counters[0], starts, values);

        Assert.Equal(52 + 8, series.Headline);
        Assert.Equal(8, series.Values);
        Assert.Equal(["/0", "/1", "/2", "/3", "(rest)"], series.Lines.Select(line => line.Name));
        Assert.Equal(6 + 5 + 4 + 3, series.Lines[^1].Points[^1]);
        Assert.Equal(4, series.Lines[^1].Points[^2]);
        Assert.Equal(0, series.Lines[^1].Points[0]);
        Assert.All(series.Lines, line => Assert.Equal(starts.Count, line.Points.Count));
        Assert.Equal(starts.Select((_, i) => values.Where(value => value.Start == starts[i]).Sum(value => (double)value.Count)), starts.Select((_, i) => series.Lines.Sum(line => line.Points[i] ?? 0)));
    }

    [Fact]
    public void SumIsExactAndAverageShowsItsLatestWindow()
    {
        var starts = CounterSpan.Starts(CounterWindow.Minute, Now);
        var revenue = SeriesBuilder.Build(Some.Counters[1], starts, [Value("revenue", starts[^1], "(all)", 2) with { Sum = 0.1m }, Value("revenue", starts[^3], "(all)", 1) with { Sum = 0.2m }]);
        var load = SeriesBuilder.Build(Some.Counters[2], starts, [Value("load", starts[^2], "(all)", 9) with { Percentiles = new CounterPercentiles(1, 2, 3, 4) }]);
        var visitors = SeriesBuilder.Build(Some.Counters[3], starts, [Value("visitors", starts[^2], "(all)", 9) with { Distinct = 5 }, Value("visitors", starts[^1], "(all)", 2) with { Distinct = 2 }]);

        Assert.Equal(0.3m, revenue.Headline);
        Assert.Equal(["p50", "p95", "p99"], load.Lines.Select(line => line.Name));
        Assert.Equal([1, 3, 4], load.Lines.Select(line => line.Points[^2]));
        Assert.Null(load.Lines[0].Points[^1]);
        Assert.Equal(3, load.Headline);
        Assert.Equal(2, visitors.Headline);
    }

    [Fact]
    public void ACounterWithoutValuesHasAnEmptyChart()
    {
        var starts = CounterSpan.Starts(CounterWindow.Minute, Now);

        foreach (var counter in Some.Counters)
        {
            var series = SeriesBuilder.Build(counter, starts, []);
            Assert.Empty(series.Lines);
            Assert.Empty(series.Top);
            Assert.True(series.Headline is null or 0);
        }
    }

    [Fact]
    public void TenThousandValuesShowTheHighestAndHowManyThereAre()
    {
        var starts = CounterSpan.Starts(CounterWindow.Day, Now);
        var series = SeriesBuilder.Build(Some.Counters[0], starts, Enumerable.Range(1, 10_000).Select(i => Value("clicks", starts[^1], $"/{i}", i)));

        Assert.Equal(10_000, series.Values);
        Assert.Equal(SeriesBuilder.MaxTop, series.Top.Count);
        Assert.Equal("/10000", series.Top[0].Name);
        Assert.Equal(50_005_000, series.Headline);
    }

    [Fact]
    public async Task EveryDefinitionHasItsChartAndAChangeReadsOnlyTheLatestWindows()
    {
        var clock = new FakeTime(Now);
        var source = new FakeSource();
        var progress = 0L;
        var part = new CountersPart(Some, source, () => progress, TimeSpan.FromSeconds(1), clock);

        var first = (await part.ReadAsync(CancellationToken.None))!.Json;
        Assert.Equal(
            ["counter/clicks", "counter/load", "counter/revenue", "counter/visitors", "series/clicks/day", "series/clicks/minute", "series/load/minute", "series/revenue/minute", "series/visitors/minute"],
            first.Keys.Order(StringComparer.Ordinal));
        Assert.All(source.Take(), reading => Assert.Equal(2, reading.Windows));

        Assert.NotNull(await part.ReadAsync(CancellationToken.None));
        Assert.Equal([14, 60, 60, 60, 60], source.Take().Select(reading => reading.Windows).Order());
        Assert.Null(await part.ReadAsync(CancellationToken.None));

        progress = 5;
        source.Values.Add(Value("clicks", CounterSpan.Starts(CounterWindow.Minute, Now)[^1], "/", 7));
        var changed = (await part.ReadAsync(CancellationToken.None))!.Json;
        Assert.All(source.Take(), reading => Assert.Equal(2, reading.Windows));
        Assert.Equal(7, JsonDocument.Parse(changed["series/clicks/minute"]).RootElement.GetProperty("headline").GetInt32());

        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.NotNull(await part.ReadAsync(CancellationToken.None));
        Assert.Contains(source.Take(), reading => reading.Windows == 60);
    }

    private static CounterValue Value(string counter, DateTimeOffset start, string value, long count) =>
        new() { Counter = counter, Window = CounterWindow.Minute, Start = start, Key = value, Count = count, Definition = "test", IsComplete = true };

    private sealed class FakeSource : ICounterSource
    {
        private List<(string Counter, int Windows)> _readings = [];

        public List<CounterValue> Values { get; } = [];

        public List<(string Counter, int Windows)> Take()
        {
            var readings = _readings;
            _readings = [];
            return readings;
        }

        public Task<IReadOnlyList<CounterValue>> ReadAsync(
            string counter, CounterWindow window, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
        {
            _readings.Add((counter, CounterSpan.Starts(window, to).Count(start => start >= from)));
            return Task.FromResult<IReadOnlyList<CounterValue>>([.. Values.Where(value => value.Counter == counter && value.Start >= from && window == CounterWindow.Minute)]);
        }
    }
}
