using System.Collections.Concurrent;

namespace Analytics.Detection.Tests.Simulation;

public class SimulatedWeekTests
{
    private const int Day = 24 * 60;
    private const int Week = 7 * Day;
    private const int MaxMinutesToFind = 3;

    private static readonly Dictionary<string, (SeriesKind Kind, Func<SimulatedMinute, double?> Value)> Series = new()
    {
        ["requests"] = (SeriesKind.Count, minute => minute.Requests),
        ["errors"] = (SeriesKind.Count, minute => minute.Errors),
        ["error share"] = (SeriesKind.Amount, minute => minute.ErrorShare),
        ["revenue"] = (SeriesKind.Amount, minute => minute.Revenue),
    };

    private static readonly ConcurrentDictionary<int, Lazy<SimulatedMinute[]>> QuietWeeks = new();

    public static TheoryData<string, int> SeriesAndSeeds()
    {
        var data = new TheoryData<string, int>();
        foreach (var name in Series.Keys)
        {
            for (var seed = 1; seed <= 4; seed++)
            {
                data.Add(name, seed);
            }
        }

        return data;
    }

    // The weekend and weekdays, morning to evening; each hour's incident begins at an odd minute.
    [Theory]
    [InlineData(Incident.ErrorSpike, "errors")]
    [InlineData(Incident.ErrorSpike, "error share")]
    [InlineData(Incident.TrafficStop, "requests")]
    [InlineData(Incident.TrafficStop, "revenue")]
    [InlineData(Incident.RevenueDrop, "revenue")]
    public void AnIncidentIsFoundWithinThreeMinutesOfItsStart(object incident, string name)
    {
        var missed = new List<string>();
        for (var seed = 1; seed <= 5; seed++)
        {
            var trained = Train(name, seed, Week + (seed * Day));
            foreach (var hour in (int[])[8, 11, 14, 17, 20])
            {
                var detector = SeriesDetector.Load(trained);
                var start = Week + (seed * Day) + (hour * 60) + 7;
                var found = Run(detector, name, seed, Week + (seed * Day), start + MaxMinutesToFind, minute => minute >= start ? (Incident)incident : Incident.None);
                if (!found.Any(minute => minute >= start))
                {
                    missed.Add($"seed {seed}, {SimulatedTraffic.Start.AddMinutes(start):ddd HH:mm}");
                }
            }
        }

        Assert.Empty(missed);
    }

    [Theory]
    [MemberData(nameof(SeriesAndSeeds))]
    public void FourQuietWeeksRaiseAtMostOneFalseAlertADayOnAverageAndTwoOnAnyDay(string name, int seed)
    {
        var detector = SeriesDetector.Load(Train(name, seed, Week));
        var alerts = Run(detector, name, seed, Week, 5 * Week, _ => Incident.None);
        Assert.InRange(alerts.Count, 0, 28);
        Assert.All(alerts.GroupBy(minute => minute / Day), day => Assert.InRange(day.Count(), 1, 2));
    }

    [Theory]
    [MemberData(nameof(SeriesAndSeeds))]
    public void About99Of100QuietPointsLieInTheExpectedRange(string name, int seed)
    {
        var (kind, value) = Series[name];
        var detector = new SeriesDetector(kind);
        var (points, outside) = (0, 0);
        for (var minute = 0; minute < 2 * Week; minute++)
        {
            var current = Quiet(seed)[minute];
            var observed = value(current)!.Value;
            var result = detector.Observe(current.Time, observed);
            if (minute >= Week)
            {
                points++;
                outside += observed < result.Low || observed > result.High ? 1 : 0;
            }
        }

        Assert.InRange((double)outside / points, 0.007, 0.015);
    }

    private static byte[] Train(string name, int seed, int minutes)
    {
        var detector = new SeriesDetector(Series[name].Kind);
        Run(detector, name, seed, 0, minutes, _ => Incident.None);
        return detector.Save();
    }

    private static List<int> Run(SeriesDetector detector, string name, int seed, int from, int to, Func<int, Incident> incident)
    {
        var traffic = new SimulatedTraffic(seed);
        var alerts = new List<int>();
        for (var minute = from; minute < to; minute++)
        {
            var current = incident(minute) is var happening and not Incident.None ? traffic.GetMinute(minute, happening) : Quiet(seed)[minute];
            if (Series[name].Value(current) is { } value && detector.Observe(current.Time, value).Score >= SeriesDetector.DefaultThreshold)
            {
                alerts.Add(minute);
            }
        }

        return alerts;
    }

    private static SimulatedMinute[] Quiet(int seed) => QuietWeeks.GetOrAdd(seed, static seed => new Lazy<SimulatedMinute[]>(() =>
    {
        var traffic = new SimulatedTraffic(seed);
        return [.. Enumerable.Range(0, 5 * Week).Select(minute => traffic.GetMinute(minute, Incident.None))];
    })).Value;
}
