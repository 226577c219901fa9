using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Analytics.Cli.Shared.Commands;
using Analytics.Cli.Shared.Files;
using Analytics.Cli.Shared.Output;
using Analytics.Detection;

namespace Analytics.Cli.Detect;

/// <summary><c>analytics detect</c>: finds anomalies in a file with a time series.</summary>
internal static class DetectCommand
{
    public static Command Create(CommandContext context)
    {
        var file = new Argument<string>("file") { Description = "CSV file with a header and the columns timestamp and value, in chronological order." };
        var output = new Option<string?>("--out") { Description = "Draw the series, its expected range and its anomalies to this SVG file.", HelpName = "FILE.svg" };
        var kind = new Option<SeriesKind>("--kind")
        {
            Description = "count (numbers of events), amount (sums, shares, durations) or measure (anything else).",
            HelpName = "KIND",
            DefaultValueFactory = _ => SeriesKind.Measure,
        };
        var threshold = new Option<double>("--threshold")
        {
            Description = "Minimum score of an anomaly, above 0 and at most 1.",
            HelpName = "SCORE",
            DefaultValueFactory = _ => SeriesDetector.DefaultThreshold,
        };
        var json = new Option<bool>("--json") { Description = "Print every point with its score, expected value and range as JSON." };
        threshold.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && double.TryParse(token.Value, CultureInfo.InvariantCulture, out var score) && score is not (> 0 and <= 1))
            {
                result.AddError("--threshold must be above 0 and at most 1.");
            }
        });
        var command = new Verb(
            "detect",
            "Find anomalies in a CSV file with a time series.",
            "analytics detect orders.csv --kind count --out orders.svg",
            "analytics detect latency.csv --threshold 0.8 --json")
        {
            file, output, kind, threshold, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var series = ScoredSeries.Score(context.GetFullPath(parsed.GetValue(file)!), parsed.GetValue(kind), parsed.GetValue(threshold));
            Warn(series, context.Terminal);
            if (parsed.GetValue(output) is { } path)
            {
                await WholeFile.WriteAsync(context.GetFullPath(path), Encoding.UTF8.GetBytes(await SeriesChart.DrawAsync(series, context, cancellationToken)), cancellationToken);
            }

            if (parsed.GetValue(json))
            {
                context.Terminal.Out.WriteLine(JsonSerializer.Serialize(DetectionDocument.From(series), DetectionJson.Default.DetectionDocument));
            }
            else
            {
                Print(series, context.Terminal);
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static void Warn(ScoredSeries series, Terminal terminal)
    {
        if (series.Unordered.FirstOrDefault().Point is { Line: > 0 } unordered)
        {
            terminal.Note($"{Terminal.Number(series.Unordered.Count())} points are out of order and were not scored, the first in line {unordered.Line}.");
        }

        if (series.Invalid.FirstOrDefault().Point is { Line: > 0 } invalid)
        {
            terminal.Note($"{Terminal.Number(series.Invalid.Count())} points have no valid value and were not scored, the first in line {invalid.Line}.");
        }
    }

    private static void Print(ScoredSeries series, Terminal terminal)
    {
        var anomalies = series.Anomalies.ToList();
        terminal.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Terminal.Number(series.Points.Count)} points, {Terminal.Number(anomalies.Count)} anomalies (score {series.Threshold:0.##} or higher)"));
        if (anomalies.Count == 0)
        {
            return;
        }

        terminal.Out.WriteLine();
        Columns.Print(
            terminal,
            ["Timestamp", "Value", "Expected", "Low", "High", "Score", "Kind"],
            [false, true, true, true, true, true, false],
            anomalies.Select(anomaly => (string[])
            [
                anomaly.Point.Time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
                Number(anomaly.Point.Value),
                Number(anomaly.Result.Expected),
                Number(anomaly.Result.Low),
                Number(anomaly.Result.High),
                anomaly.Result.Score.ToString("0.00", CultureInfo.InvariantCulture),
                Describe(anomaly.Result.Kind),
            ]));
    }

    private static string Describe(AnomalyKind kind) => kind switch
    {
        AnomalyKind.Deviation => "far from expected",
        AnomalyKind.SustainedDeviation => "far from expected for some time",
        AnomalyKind.OutOfRange => "outside the range of all previous values",
        _ => "",
    };

    private static string Number(double value) => value.ToString("G5", CultureInfo.InvariantCulture);
}
