using System.Globalization;
using Analytics.Performance.Programs;

namespace Analytics.Performance.Documents;

/// <summary>The results of the other benchmarks: their output, the aims, and the table of README.md.</summary>
/// <param name="Programs">The benchmarks.</param>
/// <param name="Aims">The aims.</param>
/// <param name="Rows">The rows of the table of README.md.</param>
internal sealed record Figures(IReadOnlyList<BenchmarkProgram> Programs, IReadOnlyList<Aim> Aims, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    public static async Task<Figures> MeasureAsync(string repository, string builds, Action<string> progress)
    {
        async Task<BenchmarkProgram> RunAsync(string name, params string[] arguments)
        {
            progress("bench/" + name);
            var command = $"bench/{name}{string.Concat(arguments.Select(argument => " " + argument))}";
            return await BenchmarkProgram.RunAsync(Path.Combine(builds, name, $"Analytics.{name}.Benchmarks"), command, arguments);
        }

        var reading = await RunAsync("Reading");
        var archive = await RunAsync("Archive");
        var counting = await RunAsync("Counting");
        var rollup = await RunAsync("Rollup", "100");
        var detection = await RunAsync("Detection");
        const string Scan = "Utf8JsonReader, and parse payloads";
        const string Read = "... as the functions do, and fold";
        const string Whole = "the same and deserialize the event before";
        return new Figures(
            [reading, archive, counting, rollup, detection],
            [
                new Aim("Reading 10,000 records, relative to Utf8JsonReader over the event and JsonDocument.Parse of the payloads", 1, reading.GetFigure(Read, 1) / reading.GetFigure(Scan, 1), "times"),
                new Aim("Reading 10,000 records, allocated", 4, reading.GetFigure(Read, 2), "MB"),
                new Aim("Archive of 10,000 records with deserialization, relative to gzip alone", 1.25, archive.GetFigure(Whole, 3), "times"),
            ],
            [
                Row("deserialize, batch and decode 10,000 records (9.1 MB)", $"{reading.GetFigure(Read, 1):F1} ms, {reading.GetFigure(Read, 2):F1} MB allocated; `Utf8JsonReader` and `JsonDocument.Parse` {reading.GetFigure(Scan, 1):F1} ms", "Reading"),
                Row("archive 10,000 records (4 MB), without I/O", $"{archive.GetFigure(Whole, 3):F2} times the time of gzip alone, including deserialization of the event", "Archive"),
                Row("count 10,000 records, without I/O", $"{counting.GetFigure("read and fold", 0):F1} ms, {counting.GetFigure("fold", 2):F0} bytes allocated per event", "Counting"),
                Row("roll up a minute of 100 shards with 1,000 events a second each", $"{rollup.GetFigure("100 ", 9):F1} s, {rollup.GetFigure("100 ", 11):F0} MB", "Rollup"),
                Row("score a point of a series, with loading and saving its state", $"{detection.GetFigure("load, score a point, save", 0):F1} µs, {detection.GetFigure("state after four weeks of minutes", 0) / 1000:F1} KB of state", "Detection"),
            ]);
    }

    /// <summary>Returns the table of README.md.</summary>
    public string ToReadme() => Tables.Create(["native, on one core", "result", "command"], Rows);

    private static IReadOnlyList<string> Row(string what, FormattableString result, string benchmark) =>
        [what, result.ToString(CultureInfo.InvariantCulture), $"`bench/{benchmark}`"];
}
