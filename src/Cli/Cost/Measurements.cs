using System.Text.Json;
using Analytics.Cli.Shared.Commands;

namespace Analytics.Cli.Cost;

/// <summary>Measurements of pipeline runs with several batch sizes: duration, calls, bytes sent and logged.</summary>
internal sealed class Measurements
{
    private readonly IReadOnlyList<MeasuredRun> _runs;

    /// <summary>Combines runs.</summary>
    /// <param name="origin">Human-readable origin of the measurements.</param>
    /// <param name="runs">At least two runs with different batch sizes.</param>
    /// <exception cref="UserException">There are too few runs, or all have the same batch size.</exception>
    public Measurements(string origin, IReadOnlyList<MeasuredRun> runs)
    {
        Origin = origin;
        _runs = runs;
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
        using var stream = typeof(Measurements).Assembly.GetManifestResourceStream("measurements.json")!;
        var file = JsonSerializer.Deserialize(stream, CostingJson.Default.MeasurementsFile)!;
        return new Measurements(FormattableString.Invariant($"{file.Date:yyyy-MM-dd}, {file.Machine}"), file.Runs);
    }

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
            .Select(size => (Records: size.Key, Value: size.Sum(figure) / size.Sum(measured => measured.Invocations)))
            .ToArray();
        if (points.Length < 2)
        {
            return points is [var only] ? only.Value : 0;
        }

        var upper = Math.Clamp(Array.FindIndex(points, point => point.Records >= records) is var found and >= 0 ? found : points.Length - 1, 1, points.Length - 1);
        var (from, to) = (points[upper - 1], points[upper]);
        return Math.Max(0, from.Value + ((to.Value - from.Value) * (records - from.Records) / (to.Records - from.Records)));
    }
}

/// <summary>The measurements shipped with the command.</summary>
/// <param name="Date">The day of the measurement.</param>
/// <param name="Machine">The machine.</param>
/// <param name="Commands">The commands.</param>
/// <param name="Runs">Their summaries.</param>
internal sealed record MeasurementsFile(DateOnly Date, string Machine, IReadOnlyList<string> Commands, IReadOnlyList<MeasuredRun> Runs);

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
internal sealed record MeasuredFunction(
    long Invocations,
    long Records,
    decimal Milliseconds,
    long LogBytes,
    IReadOnlyDictionary<string, long> AwsCalls,
    IReadOnlyDictionary<string, long> AwsKilobytes)
{
    /// <summary>Average number of records per batch.</summary>
    public decimal RecordsPerBatch => Invocations == 0 ? 0 : (decimal)Records / Invocations;

    /// <summary>Returns the number of calls of an operation.</summary>
    public decimal Calls(string operation) => AwsCalls.GetValueOrDefault(operation);

    /// <summary>Returns the KB sent by calls of an operation.</summary>
    public decimal Kilobytes(string operation) => AwsKilobytes.GetValueOrDefault(operation);
}
