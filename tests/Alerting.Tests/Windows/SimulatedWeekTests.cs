using Analytics.Detection.Tests.Simulation;
using Analytics.Events.Definitions;

namespace Analytics.Alerting.Tests.Windows;

/// <summary>
/// The shipped rules over simulated weeks of a shop, run by run, with a fake clock: windows close five seconds after their end, and the function runs each minute.
/// </summary>
public sealed class SimulatedWeekTests
{
    private const int Day = 24 * 60;
    private const int Week = 7 * Day;

    private static readonly Definitions Shipped = Definitions.Parse(System.Text.Encoding.UTF8.GetBytes(Repository.Read("definitions.json")));

    [Theory]
    [InlineData(Incident.ErrorSpike, "error_spike", "error_rate_anomaly")]
    [InlineData(Incident.TrafficStop, "event_rate_anomaly", "revenue_anomaly")]
    [InlineData(Incident.RevenueDrop, "revenue_anomaly")]
    public async Task AnIncidentAlertsWithinThreeMinutesOfItsStart(object incident, params string[] rules)
    {
        for (var seed = 1; seed <= 3; seed++)
        {
            var learned = await LearnAsync(seed, Week);
            foreach (var hour in (int[])[9, 15, 20])
            {
                var shop = learned.Copy();
                var start = Week + (hour * 60) + 7;
                await shop.PassAsync(seed, Week, start + 3, minute => minute >= start ? (Incident)incident : Incident.None);
                Assert.All(rules, rule => Assert.True(
                    shop.Alerts.Any(alert => alert.Rule == rule && alert.Minute >= start), $"{rule}, seed {seed}, {hour}:07: {string.Join(", ", shop.Alerts)}"));
            }
        }
    }

    [Fact]
    public async Task FourQuietWeeksRaiseAtMostOneFalseAlertADayOnAverage()
    {
        var shop = await LearnAsync(1, Week);
        shop.Alerts.Clear();
        await shop.PassAsync(1, Week, 5 * Week, _ => Incident.None);
        Assert.InRange(shop.Alerts.Count, 1, 28);
        Assert.All(shop.Alerts.GroupBy(alert => (alert.Rule, alert.Minute / Day)), day => Assert.InRange(day.Count(), 1, 2));
    }

    [Fact]
    public async Task MissedRunsLoseNoAlert()
    {
        var (often, rarely) = (new Shop(), new Shop());
        await often.PassAsync(1, 0, Day, At600);
        await rarely.PassAsync(1, 0, Day, At600, every: 47);
        Assert.Equal(often.Alerts.Select(alert => (alert.Rule, alert.Minute)), rarely.Alerts.Select(alert => (alert.Rule, alert.Minute)));
        Assert.Contains(often.Alerts, alert => alert.Rule == "error_spike");

        static Incident At600(int minute) => minute is >= 600 and < 620 ? Incident.ErrorSpike : Incident.None;
    }

    private static async Task<Shop> LearnAsync(int seed, int minutes)
    {
        var shop = new Shop();
        await shop.PassAsync(seed, 0, minutes, _ => Incident.None);
        return shop;
    }

    /// <summary>The shop, its counters and the function's runs.</summary>
    private sealed class Shop
    {
        private readonly WindowShop _shop = New();

        /// <summary>The alerts, by the minute whose value raised them.</summary>
        public List<(string Rule, int Minute)> Alerts { get; } = [];

        public Shop Copy()
        {
            var copy = new Shop();
            foreach (var (key, item) in _shop.Table.Items)
            {
                copy._shop.Table.Items.Add(key, item);
            }

            return copy;
        }

        public async Task PassAsync(int seed, int from, int to, Func<int, Incident> incident, int every = 1)
        {
            var traffic = new SimulatedTraffic(seed);
            for (var minute = from; minute < to; minute++)
            {
                var current = traffic.GetMinute(minute, incident(minute));
                Add("events", current.Requests);
                Add("errors", current.Errors);
                if (current.Revenue > 0)
                {
                    _shop.Windows.Add(FakeWindows.Count("revenue", current.Time, 1, "EUR") with { Sum = (decimal)current.Revenue });
                }

                if ((minute + 1) % every == 0 || minute == to - 1)
                {
                    _shop.Windows.ClosedUpTo = current.Time.AddSeconds(65);
                    _shop.Time.Advance(current.Time.AddSeconds(70) - _shop.Time.GetUtcNow());
                    await _shop.RunAsync();
                }

                void Add(string counter, long count)
                {
                    if (count > 0)
                    {
                        _shop.Windows.Add(counter, current.Time, count);
                    }
                }
            }

            Alerts.AddRange(_shop.Published.Select(alert => (alert.Rule, (int)(alert.ForMachines().GetProperty("time").GetDateTimeOffset() - SimulatedTraffic.Start).TotalMinutes)));
            _shop.Published.Clear();
        }

        private static WindowShop New() => new() { Rules = Shipped };
    }
}
