using Analytics.Cli.Cost;
using Analytics.Performance.Comparing;

namespace Analytics.Performance.Documents;

/// <summary>Formats the comparison.</summary>
internal static class ComparisonTables
{
    private const int Delay = 5;

    /// <summary>Returns a row per design: the four functions together.</summary>
    public static string Summarize(IReadOnlyList<Measured> batches, IReadOnlyList<MeasuredStart> starts, PriceTable prices)
    {
        var records = batches.Where(one => one.DelayMilliseconds == Delay && one.Records < 10_000).Max(one => one.Records);
        return Tables.Create(
            ["four functions, batches of " + Tables.Count(records) + " records", "wall", "wall, calls delayed by 5 ms", "CPU", "peak memory", "calls", "DynamoDB write units", "start to first request", "start to first response", "a million events"],
            starts.Select(start => start.Design).Distinct().Select(design =>
            {
                var direct = batches.Where(one => one.Design == design && one.Records == records && one.DelayMilliseconds == 0).ToArray();
                var delayed = batches.Where(one => one.Design == design && one.Records == records && one.DelayMilliseconds == Delay).ToArray();
                var ownStarts = starts.Where(start => start.Design == design).ToArray();
                return (IReadOnlyList<string>)
                [
                    design,
                    Tables.Seconds(Sum(direct.Select(one => one.Wall))),
                    Tables.Seconds(Sum(delayed.Select(one => one.Wall))),
                    Tables.Seconds(Sum(direct.Select(one => one.Processor))),
                    Tables.Megabytes(direct.Max(one => one.PeakMegabytes)),
                    Tables.Count(direct.Sum(one => one.AllCalls)),
                    Tables.Count(direct.Sum(one => one.WriteUnits)),
                    Tables.Milliseconds(ownStarts.Max(start => start.ToNext)),
                    Tables.Milliseconds(ownStarts.Max(start => start.ToAnswer)),
                    Tables.Usd(delayed.Sum(one => Costs.ComputeMillionEvents(one, prices))),
                ];
            }));
    }

    /// <summary>Returns a row per function, batch size and design.</summary>
    public static string Detail(IReadOnlyList<Measured> batches, PriceTable prices) => Tables.Create(
        ["function", "records", "design", "batches", "wall", "wall, +5 ms", "CPU", "peak memory", "calls", "KB sent", "write units", "a million events"],
        batches.Where(one => one.DelayMilliseconds == 0).Select(one =>
        {
            var delayed = batches.FirstOrDefault(other => other.DelayMilliseconds == Delay && (other.Function, other.Design, other.Records) == (one.Function, one.Design, one.Records));
            return (IReadOnlyList<string>)
            [
                one.Function,
                Tables.Count(one.Records),
                one.Design,
                Tables.Count(one.Runs),
                Tables.Milliseconds(one.Wall),
                delayed is null ? "–" : Tables.Milliseconds(delayed.Wall),
                Tables.Milliseconds(one.Processor),
                Tables.Megabytes(one.PeakMegabytes),
                Tables.Count(one.AllCalls),
                Tables.Count(one.SentKilobytes),
                Tables.Count(one.WriteUnits),
                delayed is null ? "–" : Tables.Usd(Costs.ComputeMillionEvents(delayed, prices)),
            ];
        }));

    /// <summary>Returns a row per function, with the start of each design.</summary>
    public static string Starts(IReadOnlyList<MeasuredStart> starts)
    {
        var designs = starts.Select(start => start.Design).Distinct().ToArray();
        return Tables.Create(
            ["start of a process to", .. designs.SelectMany(design => (string[])[$"{design}: first request", "first response", "CPU"])],
            starts.Select(start => start.Function).Distinct().Select(function => (IReadOnlyList<string>)
            [
                function,
                .. designs.Select(design => starts.First(start => (start.Function, start.Design) == (function, design)))
                    .SelectMany(start => (string[])[Tables.Milliseconds(start.ToNext), Tables.Milliseconds(start.ToAnswer), Tables.Milliseconds(start.Processor)]),
            ]));
    }

    private static TimeSpan Sum(IEnumerable<TimeSpan> times) => times.Aggregate(TimeSpan.Zero, (sum, time) => sum + time);
}
