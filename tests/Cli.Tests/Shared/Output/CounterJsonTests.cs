using Analytics.Cli.Shared.Output;
using Analytics.Counting;
using Analytics.Events.Definitions;

namespace Analytics.Cli.Tests.Shared.Output;

public sealed class CounterJsonTests
{
    private static readonly CounterValue Value = new()
    {
        Counter = "page_views_total",
        Window = CounterWindow.Day,
        Start = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero),
        Definition = "0123456789abcdef",
        IsComplete = true,
        Key = "(all)",
        Count = 7,
    };

    [Fact]
    public void UnmeasuredValuesAreOmitted() => Assert.Equal(
        """{"counter":"page_views_total","window":"day","start":"2026-03-01T00:00:00Z","value":"(all)","values":[],"count":7}""",
        CounterJson.Write(Value));

    [Fact]
    public void MeasuredValueIsANumber() => Assert.Equal(
        """{"counter":"page_views_total","window":"day","start":"2026-03-01T00:00:00Z","value":"(all)","values":[],"count":7,"sum":12.50,"min":-1,"max":9,"average":1.5,"distinct":3,"rate":0.25,"percentiles":{"p50":1,"p90":2,"p95":3,"p99":4.5},"last":"it \"failed\"","lastAt":"2026-03-01T10:00:00.25Z"}""",
        CounterJson.Write(Value with
        {
            Sum = 12.50m,
            Min = -1,
            Max = 9,
            Average = 1.5m,
            Distinct = 3,
            Rate = 0.25m,
            Percentiles = new CounterPercentiles(1, 2, 3, 4.5),
            Last = "it \"failed\"",
            LastAt = new DateTimeOffset(2026, 3, 1, 10, 0, 0, 250, TimeSpan.Zero),
        }));
}
