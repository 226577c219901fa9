using System.Globalization;
using Analytics.Performance.Pipelines;

namespace Analytics.Performance.Documents;

/// <summary>Formats the measurements of the whole pipeline.</summary>
internal static class PipelineTables
{
    public static string Create(IReadOnlyList<Freshness> all) => Tables.Create(
        ["batching windows", "events a second", "p50", "p99", "mean: mapping", "function Counters", "table and reader"],
        all.Select(one => (IReadOnlyList<string>)
        [
            one.Windows,
            one.Rate.ToString("N0", CultureInfo.InvariantCulture),
            Tables.Milliseconds(one.Median),
            Tables.Milliseconds(one.Percentile99),
            Tables.Milliseconds(one.Mapping),
            Tables.Milliseconds(one.Function),
            Tables.Milliseconds(one.Reading),
        ]));

    public static string Create(IReadOnlyList<LocalRun> runs) => Tables.Create(
        ["events", "sent and processed in", "events a second", "peak memory of the command", "of the local services"],
        runs.Select(run => (IReadOnlyList<string>)
        [
            run.Events.ToString("N0", CultureInfo.InvariantCulture),
            Tables.Seconds(run.Elapsed),
            (run.Events / run.Elapsed.TotalSeconds).ToString("N0", CultureInfo.InvariantCulture),
            Tables.Megabytes(run.CommandMegabytes),
            Tables.Megabytes(run.ServicesMegabytes),
        ]));

    /// <summary>The aims of freshness and of local runs.</summary>
    public static IEnumerable<Aim> GetAims(IReadOnlyList<Freshness> freshness, IReadOnlyList<LocalRun> runs)
    {
        var thousand = freshness.First(one => one.Windows == "none" && one.Rate is > 900 and < 1_100);
        return
        [
            new Aim("Freshness at 1,000 events a second without batching windows, p50", 300, thousand.Median.TotalMilliseconds, "ms"),
            new Aim("Freshness at 1,000 events a second without batching windows, p99", 1_500, thousand.Percentile99.TotalMilliseconds, "ms"),
            new Aim("Local run: 10,000 events", 5, runs.First(run => run.Events == 10_000).Elapsed.TotalSeconds, "s"),
            new Aim("Local run: 100,000 events, at 5,000 a second", 20, runs.First(run => run.Events == 100_000).Elapsed.TotalSeconds, "s"),
        ];
    }
}
