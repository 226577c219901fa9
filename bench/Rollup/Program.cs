// Simulates shards with a steady load of sample events and measures the rollup of a minute, on one core, with the shipped definitions: reads and
// writes, time and memory, and the write units per second of the busiest partition key.
//   taskset -c 0 dotnet run --project bench/Rollup -c Release [-- SHARDS[,SHARDS...] [EVENTS A SECOND AND SHARD] [WINDOW SECONDS]]
//   taskset -c 0 dotnet run --project bench/Rollup -c Release -- loads          for `analytics cost`: a run under several loads, as JSON
using System.Diagnostics;
using System.Globalization;
using Amazon.DynamoDBv2;
using Analytics.Counting;
using Analytics.Counting.RollingUp;
using Analytics.Counting.Storage;
using Analytics.Counting.Windows;
using Analytics.Rollup.Benchmarks;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is ["loads"])
{
    foreach (var (shards, perSecond) in ((int, decimal)[])[(1, 1), (1, 10), (1, 100), (2, 500), (13, 10_000m / 13), (125, 800), (1_250, 800)])
    {
        var run = await Simulation.RunAsync(shards, perSecond, windowSeconds: 1);
        Console.WriteLine(
            $$"""{ "eventsPerMinute": {{run.Events}}, "milliseconds": {{run.Elapsed.TotalMilliseconds:F0}}, "readUnits": {{run.Read.Units}}, "writeUnits": {{run.Written.Units}}, "busiestKeyUnits": {{run.Written.Busiest.Units}} },""");
    }

    return;
}

var counts = args.Length > 0 ? args[0].Split(',').Select(int.Parse).ToArray() : [1, 10, 100, 1000];
var rate = args.Length > 1 ? decimal.Parse(args[1], CultureInfo.InvariantCulture) : 1000;
var window = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 1;
Console.WriteLine($"A minute of {rate} sample events a second and shard, a batch each {window} s; calls take 5 ms, {RollupSettings.Default.MaxParallelCalls} at a time");
Console.WriteLine($"{"",7} {"Counters",30}   {"Rollup, once a minute: read",30} {"written",20} {"",11} {"of it",9} {"peak",8} {"units/s on the",24}");
Console.WriteLine($"{"shards",7} {"links",9} {"KB",6} {"units/s a shard",13}   {"items",9} {"MB",8} {"units",11} {"items",8} {"MB",5} {"units",5} {"seconds",11} {"on core",9} {"heap MB",8} {"busiest key",24}");
foreach (var shards in counts)
{
    var run = await Simulation.RunAsync(shards, rate, window);
    Console.WriteLine(
        $"{shards,7} {run.Result.Links,9} {run.LinkBytes / 1024m,6:F1} {Math.Ceiling(run.LinkBytes / 1024m) / run.BatchSeconds,15:F1}   {run.Read.Items,9} {run.Read.Bytes / 1e6,8:F1} {run.Read.Units,11} {run.Written.Items,8} {run.Written.Bytes / 1e6,5:F1} {run.Written.Units,5} {run.Elapsed.TotalSeconds,11:F2} {run.Processor.TotalSeconds,9:F2} {run.PeakBytes / 1e6,8:F0} {run.Written.Busiest.Units / Math.Max(1, run.Elapsed.TotalSeconds),14:F0} {run.Written.Busiest.Partition}");
}

/// <summary>A rollup of a minute's links.</summary>
internal static class Simulation
{
    private const string TableName = "counters";
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 12, 40, 0, TimeSpan.Zero);

    public static async Task<SimulatedRun> RunAsync(int shards, decimal perSecond, int windowSeconds)
    {
        using var table = new MeteredTable(TimeSpan.FromMilliseconds(5));
        using var client = table.CreateClient();
        var load = new SteadyLoad(shards, perSecond, windowSeconds);

        // Hour and day windows start with their full size.
        const int Batches = 20;
        for (var batch = 0; batch < Batches; batch++)
        {
            _ = load.Put(table, shard: 0, Start.AddMinutes(batch - 30), records: 5_000);
        }

        _ = load.Put(table, Start.AddSeconds(50));
        await RollUpAsync(client, Start.AddMinutes(1));
        var before = load.Events;
        var linkBytes = 0;
        for (var second = 0m; second < 60; second += load.BatchSeconds)
        {
            linkBytes = Math.Max(linkBytes, load.Put(table, Start.AddMinutes(1).AddSeconds((double)second)));
        }

        table.Reset();
        GC.Collect();
        var heap = GC.GetTotalMemory(forceFullCollection: true);
        var (started, processor) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        var result = await RollUpAsync(client, Start.AddMinutes(2));
        var run = new SimulatedRun(
            result, load.Events - before, linkBytes, load.BatchSeconds, table.Read, table.Written, Stopwatch.GetElapsedTime(started),
            Environment.CpuUsage.TotalTime - processor, table.PeakBytes - heap);
        await CheckAsync(client, load.Counted);
        return run;
    }

    private static Task<RollupResult> RollUpAsync(AmazonDynamoDBClient client, DateTimeOffset now) =>
        new CounterRollup(client, TableName, new FixedClock(now), TimeSpan.Zero).RunAsync(CancellationToken.None);

    /// <summary>Verifies that every event is in the windows exactly once.</summary>
    private static async Task CheckAsync(AmazonDynamoDBClient client, long expected)
    {
        var windows = await new WindowReader(new DynamoCounterTable(client, TableName))
            .ReadAsync("events|hour|2026-11", 0, DateTimeOffset.MaxValue.UtcTicks, CancellationToken.None);
        var counted = windows.SelectMany(window => window.Values).Sum(value => value.Value.Count);
        if (counted != expected)
        {
            throw new InvalidOperationException($"The windows have {counted} events instead of {expected}.");
        }
    }

    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}

/// <summary>The measurements of a rollup.</summary>
internal sealed record SimulatedRun(
    RollupResult Result, long Events, int LinkBytes, decimal BatchSeconds, Meter Read, Meter Written, TimeSpan Elapsed, TimeSpan Processor, long PeakBytes);
