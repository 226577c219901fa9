using System.Text.Json;
using Analytics.Cli.Shared.Commands;

namespace Analytics.Cli.Cost;

/// <summary>Measurements of pipeline runs with several batch sizes: duration, calls, bytes sent and logged.</summary>
internal sealed class Measurements
{
    private readonly IReadOnlyList<MeasuredRun> _runs;
    private readonly IReadOnlyList<MeasuredRollup> _rollups;

    /// <summary>Combines runs.</summary>
    /// <param name="origin">Human-readable origin of the measurements.</param>
    /// <param name="runs">At least two runs with different batch sizes.</param>
    /// <param name="rollups">Runs of the function Rollup under steady loads.</param>
    /// <exception cref="UserException">There are too few runs, or all have the same batch size.</exception>
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

    /// <summary>Human-readable origin of the measurements.</summary>
    public string Origin { get; }

    /// <summary>Average bytes per record in the runs.</summary>
    public decimal BytesPerRecord => (decimal)_runs.Sum(run => run.Bytes) / Math.Max(1, _runs.Sum(run => run.Records));

    /// <summary>The share of events that raised an alert.</summary>
    public decimal AlertShare => (decimal)_runs.Sum(run => run.Alerts) / Math.Max(1, _runs.Sum(run => run.Sent));

    /// <summary>Maximum number of custom metrics that a run published.</summary>
    public long CustomMetrics => _runs.Max(run => run.Metrics);

    /// <summary>Loads the measurements shipped with the command.</summary>
    public static Measurements Load()
    {
        var file = ReadShipped();
        return new Measurements(FormattableString.Invariant($"{file.Date:yyyy-MM-dd}, {file.Machine}"), file.Runs, file.Rollups);
    }

    /// <summary>Combines runs other than the shipped ones. They last seconds, so the figures of Rollup under a steady load are the shipped ones.</summary>
    /// <param name="origin">Human-readable origin of the measurements.</param>
    /// <param name="runs">At least two runs with different batch sizes.</param>
    /// <exception cref="UserException">There are too few runs, or all have the same batch size.</exception>
    public static Measurements FromRuns(string origin, IReadOnlyList<MeasuredRun> runs) => new(origin, runs, ReadShipped().Rollups);

    /// <summary>Reads a summary written by <c>analytics run</c>.</summary>
    /// <exception cref="UserException">The file cannot be read or is not a summary.</exception>
    public static MeasuredRun ReadSummary(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return JsonSerializer.Deserialize(file, CostingJson.Default.MeasuredRun)!;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new UserException($"--measured {path} cannot be used: {e.Message} Pass the summary.json of `analytics run --out FOLDER`.", e);
        }
    }

    /// <summary>Returns whether any run includes the function.</summary>
    public bool Has(string function) => _runs.Any(run => run.Functions.TryGetValue(function, out var measured) && measured.Invocations > 0);

    /// <summary>Estimates a figure of a batch by linear interpolation between the measured sizes, and extrapolation beyond them; never below 0.</summary>
    /// <param name="function">The function's logical ID.</param>
    /// <param name="records">Records in the batch.</param>
    /// <param name="figure">Selects the figure, summed over all batches of a function.</param>
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

    /// <summary>Returns a figure of a Rollup run under a steady load, interpolated and extrapolated linearly; never negative.</summary>
    /// <param name="eventsPerMinute">Events since the previous run.</param>
    /// <param name="figure">Selects the figure.</param>
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

/// <summary>The measurements shipped with the command.</summary>
/// <param name="Date">The day of the measurement.</param>
/// <param name="Machine">The machine.</param>
/// <param name="Commands">The commands.</param>
/// <param name="Runs">Their summaries.</param>
/// <param name="Rollups">The output of the last command: runs of the function Rollup under steady loads.</param>
internal sealed record MeasurementsFile(
    DateOnly Date, string Machine, IReadOnlyList<string> Commands, IReadOnlyList<MeasuredRun> Runs, IReadOnlyList<MeasuredRollup> Rollups);

/// <summary>A run of the function Rollup under a steady load.</summary>
/// <param name="EventsPerMinute">Events since the previous run.</param>
/// <param name="Milliseconds">Time of the run, on one core and with calls of 5 ms.</param>
/// <param name="ReadUnits">Read units of DynamoDB that it consumed.</param>
/// <param name="WriteUnits">Write units of DynamoDB that it consumed.</param>
/// <param name="BusiestKeyUnits">Those of them on the partition key with the most.</param>
internal sealed record MeasuredRollup(long EventsPerMinute, decimal Milliseconds, decimal ReadUnits, decimal WriteUnits, decimal BusiestKeyUnits);

/// <summary>The parts of a run's summary that costs depend on.</summary>
/// <param name="Sent">User records sent.</param>
/// <param name="Bytes">Bytes of data in the stream's records.</param>
/// <param name="Alerts">Alerts published.</param>
/// <param name="Metrics">Custom metrics published.</param>
/// <param name="Functions">Figures of each function.</param>
internal sealed record MeasuredRun(long Sent, long Bytes, long Alerts, long Metrics, IReadOnlyDictionary<string, MeasuredFunction> Functions)
{
    /// <summary>Number of stream records.</summary>
    public long Records => Functions.Values.Select(function => function.Records).DefaultIfEmpty().Max();
}

/// <summary>Figures of a function in a run, over all its invocations.</summary>
/// <param name="Invocations">Number of invocations.</param>
/// <param name="Records">Records delivered.</param>
/// <param name="Milliseconds">Total duration.</param>
/// <param name="LogBytes">Bytes logged.</param>
/// <param name="AwsCalls">Number of calls by operation.</param>
/// <param name="AwsKilobytes">KB sent by operation: request bodies, each rounded up to a whole KB.</param>
/// <param name="AwsCapacityUnits">DynamoDB read or write units consumed by operation.</param>
internal sealed record MeasuredFunction(
    long Invocations,
    long Records,
    decimal Milliseconds,
    long LogBytes,
    IReadOnlyDictionary<string, long> AwsCalls,
    IReadOnlyDictionary<string, long> AwsKilobytes,
    IReadOnlyDictionary<string, decimal> AwsCapacityUnits)
{
    /// <summary>Average number of records per batch.</summary>
    public decimal RecordsPerBatch => Invocations == 0 ? 0 : (decimal)Records / Invocations;

    /// <summary>Returns the number of calls of an operation.</summary>
    public decimal Calls(string operation) => AwsCalls.GetValueOrDefault(operation);

    /// <summary>Returns the KB sent by calls of an operation.</summary>
    public decimal Kilobytes(string operation) => AwsKilobytes.GetValueOrDefault(operation);

    /// <summary>Units of DynamoDB that calls of an operation consumed: at least one per call, the cost of a call that finds nothing.</summary>
    public decimal CapacityUnits(string operation) => Math.Max(Calls(operation), AwsCapacityUnits.GetValueOrDefault(operation));
}
