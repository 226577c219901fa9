using System.Text.Json;
using Analytics.Cli.Reporting;

namespace Analytics.Cli.Costing;

/// <summary>What batches of several sizes came to in runs of the pipeline: time, calls, bytes sent and logged.</summary>
internal sealed class Measurements
{
    private readonly IReadOnlyList<MeasuredRun> _runs;
    private readonly IReadOnlyList<MeasuredRollup> _rollups;

    /// <summary>Takes runs together.</summary>
    /// <param name="origin">Where they are from, for people.</param>
    /// <param name="runs">At least two, of batches of different sizes.</param>
    /// <param name="rollups">Runs of the function Rollup under steady loads.</param>
    /// <exception cref="UserException">They are too few, or of one size.</exception>
    public Measurements(string origin, IReadOnlyList<MeasuredRun> runs, IReadOnlyList<MeasuredRollup> rollups)
    {
        Origin = origin;
        _runs = runs;
        _rollups = rollups;
        var sizes = runs.Select(run => run.Functions.Values.Max(function => (int?)decimal.Round(function.RecordsPerBatch)) ?? 0).Distinct();
        if (sizes.Count(size => size > 0) < 2)
        {
            throw new UsageException("--measured needs the summaries of at least two runs with batches of different sizes: analytics run --json with --parameter BatchSize=10, BatchSize=100 and BatchSize=1000.");
        }
    }

    /// <summary>Where they are from, for people.</summary>
    public string Origin { get; }

    /// <summary>Bytes of a record in the runs, on average.</summary>
    public decimal BytesPerRecord => (decimal)_runs.Sum(run => run.Bytes) / Math.Max(1, _runs.Sum(run => run.Records));

    /// <summary>The share of events that raised an alert.</summary>
    public decimal AlertShare => (decimal)_runs.Sum(run => run.Alerts) / Math.Max(1, _runs.Sum(run => run.Sent));

    /// <summary>The most custom metrics that a run published.</summary>
    public long CustomMetrics => _runs.Max(run => run.Metrics);

    /// <summary>The runs that come with the command.</summary>
    public static Measurements Load()
    {
        var file = ReadShipped();
        return new Measurements(FormattableString.Invariant($"{file.Date:yyyy-MM-dd}, {file.Machine}"), file.Runs, file.Rollups);
    }

    /// <summary>Other runs in place of those that come with the command. They last no longer than seconds, so what Rollup does under a steady load is as shipped.</summary>
    /// <param name="origin">Where they are from, for people.</param>
    /// <param name="runs">At least two, of batches of different sizes.</param>
    /// <exception cref="UserException">They are too few, or of one size.</exception>
    public static Measurements FromRuns(string origin, IReadOnlyList<MeasuredRun> runs) => new(origin, runs, ReadShipped().Rollups);

    /// <summary>Reads a file that <see cref="SummaryJson"/> wrote.</summary>
    /// <exception cref="UserException">It cannot be read, or is none.</exception>
    public static MeasuredRun ReadSummary(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return JsonSerializer.Deserialize(file, CostingJson.Default.MeasuredRun)!;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new UserException($"--measured {path} cannot be used: {e.Message} Give the summary.json of `analytics run --out FOLDER`.", e);
        }
    }

    /// <summary>Whether a run had the function.</summary>
    public bool Has(string function) => _runs.Any(run => run.Functions.TryGetValue(function, out var measured) && measured.Invocations > 0);

    /// <summary>What a batch comes to, drawn straight from measured size to measured size and on beyond them; never below 0.</summary>
    /// <param name="function">The function's logical id.</param>
    /// <param name="records">Records of the batch.</param>
    /// <param name="figure">What of a function is asked for, over all its batches.</param>
    public decimal At(string function, decimal records, Func<MeasuredFunction, decimal> figure)
    {
        var points = _runs
            .Where(run => run.Functions.TryGetValue(function, out var measured) && measured.Invocations > 0)
            .Select(run => run.Functions[function])
            .GroupBy(measured => measured.RecordsPerBatch)
            .OrderBy(size => size.Key)
            .Select(size => (At: size.Key, Value: size.Sum(figure) / size.Sum(measured => measured.Invocations)))
            .ToArray();
        return Draw(points, records);
    }

    /// <summary>What a run of Rollup comes to under a steady load, drawn straight from measured load to measured load and on beyond them; never below 0.</summary>
    /// <param name="eventsPerMinute">Events that came since the run before.</param>
    /// <param name="figure">What of a run is asked for.</param>
    public decimal AtRollup(decimal eventsPerMinute, Func<MeasuredRollup, decimal> figure) =>
        Draw([.. _rollups.OrderBy(run => run.EventsPerMinute).Select(run => (At: run.EventsPerMinute, Value: figure(run)))], eventsPerMinute);

    private static MeasurementsFile ReadShipped()
    {
        using var stream = typeof(Measurements).Assembly.GetManifestResourceStream("measurements.json")!;
        return JsonSerializer.Deserialize(stream, CostingJson.Default.MeasurementsFile)!;
    }

    private static decimal Draw((decimal At, decimal Value)[] points, decimal at)
    {
        if (points.Length < 2)
        {
            return points is [var only] ? only.Value : 0;
        }

        var upper = Math.Clamp(Array.FindIndex(points, point => point.At >= at) is var found and >= 0 ? found : points.Length - 1, 1, points.Length - 1);
        var (from, to) = (points[upper - 1], points[upper]);
        return Math.Max(0, from.Value + ((to.Value - from.Value) * (at - from.At) / (to.At - from.At)));
    }
}

/// <summary>The measurements that come with the command.</summary>
/// <param name="Date">The day on which they were made.</param>
/// <param name="Machine">On what.</param>
/// <param name="Commands">How.</param>
/// <param name="Runs">Their summaries.</param>
/// <param name="Rollups">What the last of the commands printed: runs of the function Rollup under steady loads.</param>
internal sealed record MeasurementsFile(
    DateOnly Date, string Machine, IReadOnlyList<string> Commands, IReadOnlyList<MeasuredRun> Runs, IReadOnlyList<MeasuredRollup> Rollups);

/// <summary>A run of the function Rollup under a steady load.</summary>
/// <param name="EventsPerMinute">Events that came since the run before.</param>
/// <param name="Milliseconds">Time of the run, on one core and with calls of 5 ms.</param>
/// <param name="ReadUnits">Read units of DynamoDB that it consumed.</param>
/// <param name="WriteUnits">Write units of DynamoDB that it consumed.</param>
internal sealed record MeasuredRollup(long EventsPerMinute, decimal Milliseconds, decimal ReadUnits, decimal WriteUnits);

/// <summary>Of a run's summary what costs depend on.</summary>
/// <param name="Sent">User records sent.</param>
/// <param name="Bytes">Bytes of data that the stream's records hold.</param>
/// <param name="Alerts">Alerts published.</param>
/// <param name="Metrics">Custom metrics published.</param>
/// <param name="Functions">What each function did.</param>
internal sealed record MeasuredRun(long Sent, long Bytes, long Alerts, long Metrics, IReadOnlyDictionary<string, MeasuredFunction> Functions)
{
    /// <summary>Records of the stream.</summary>
    public long Records => Functions.Values.Select(function => function.Records).DefaultIfEmpty().Max();
}

/// <summary>What a function did in a run, over all its invocations.</summary>
/// <param name="Invocations">How many they were.</param>
/// <param name="Records">Records delivered.</param>
/// <param name="Milliseconds">Time spent.</param>
/// <param name="LogBytes">Bytes logged.</param>
/// <param name="AwsCalls">Calls made, by operation.</param>
/// <param name="AwsKilobytes">What they sent, by operation: bodies in KB, each call's rounded up.</param>
/// <param name="AwsCapacityUnits">The read or write units of DynamoDB that they consumed, by operation.</param>
internal sealed record MeasuredFunction(
    long Invocations,
    long Records,
    decimal Milliseconds,
    long LogBytes,
    IReadOnlyDictionary<string, long> AwsCalls,
    IReadOnlyDictionary<string, long> AwsKilobytes,
    IReadOnlyDictionary<string, decimal> AwsCapacityUnits)
{
    /// <summary>Records of a batch, on average.</summary>
    public decimal RecordsPerBatch => Invocations == 0 ? 0 : (decimal)Records / Invocations;

    /// <summary>Calls of an operation.</summary>
    public decimal Calls(string operation) => AwsCalls.GetValueOrDefault(operation);

    /// <summary>KB that calls of an operation sent.</summary>
    public decimal Kilobytes(string operation) => AwsKilobytes.GetValueOrDefault(operation);

    /// <summary>Units of DynamoDB that calls of an operation consumed: one a call at least, which is what one that finds nothing costs.</summary>
    public decimal CapacityUnits(string operation) => Math.Max(Calls(operation), AwsCapacityUnits.GetValueOrDefault(operation));
}
