using System.Text;
using System.Text.Json;
using Analytics.Local.Scheduling;

namespace Analytics.Local.Tests.Scheduling;

public class ScheduleTests
{
    private static readonly DateTimeOffset Start = new(2025, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData("rate(1 minute)", 1)]
    [InlineData("rate(5 minutes)", 5)]
    [InlineData("rate(2 hours)", 120)]
    [InlineData("rate(1 day)", 1_440)]
    public void ARateIsATime(string expression, int minutes)
    {
        Assert.True(ScheduleRate.TryParse(expression, out var period));
        Assert.Equal(TimeSpan.FromMinutes(minutes), period);
    }

    [Theory]
    [InlineData("cron(0 12 * * ? *)")]
    [InlineData("rate(0 minutes)")]
    [InlineData("rate(46 days)")]
    [InlineData("rate(1 second)")]
    [InlineData("")]
    public void InvalidRateIsNotRun(string expression) => Assert.False(ScheduleRate.TryParse(expression, out _));

    [Fact]
    public async Task AFunctionIsInvokedOncePerPeriodUntilItIsStopped()
    {
        var clock = new FakeTime(Start);
        using var stop = new CancellationTokenSource();
        var events = new List<string>();
        var runner = new ScheduleRunner("arn:rule", "eu-west-1", "000000000000", Period, null, clock);
        var running = runner.RunAsync(async (payload, _) =>
        {
            events.Add(Encoding.UTF8.GetString(payload.Span));
            if (events.Count == 2)
            {
                await stop.CancelAsync();
            }
            else
            {
                clock.Advance(Period);
            }
        }, stop.Token);
        Assert.Empty(events);

        clock.Advance(Period);
        await running;

        Assert.Equal(2, events.Count);
        using var document = JsonDocument.Parse(events[0]);
        Assert.Equal("Scheduled Event", document.RootElement.GetProperty("detail-type").GetString());
        Assert.Equal("2025-01-02T03:05:05Z", document.RootElement.GetProperty("time").GetString());
        Assert.Equal("arn:rule", document.RootElement.GetProperty("resources")[0].GetString());
    }

    [Fact]
    public async Task AnInputTakesThePlaceOfTheEvent()
    {
        var clock = new FakeTime(Start);
        using var stop = new CancellationTokenSource();
        var payload = "";
        var running = new ScheduleRunner("arn", "r", "0", Period, "{\"a\":1}", clock).RunAsync(async (bytes, _) =>
        {
            payload = Encoding.UTF8.GetString(bytes.Span);
            await stop.CancelAsync();
        }, stop.Token);

        clock.Advance(Period);
        await running;

        Assert.Equal("{\"a\":1}", payload);
    }
}
