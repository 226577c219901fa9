using System.Globalization;
using Analytics.Alerting.Reading;
using Analytics.Cli.Shared.Output;

namespace Analytics.Cli.Alerts;

/// <summary>A table of the latest window of each series of anomaly rules.</summary>
internal static class ExpectedTable
{
    /// <summary>Prints the table.</summary>
    public static void Print(Terminal terminal, IReadOnlyList<ExpectedSeries> series)
    {
        var scored = series.Where(one => one.Points.Count > 0).ToList();
        if (scored.Count == 0)
        {
            terminal.Out.WriteLine("No window was scored: the function Anomalies has not run, or nothing was counted.");
            return;
        }

        Columns.Print(
            terminal,
            ["Rule", "Key", "Window", "Value", "Expected from", "Expected to", "Score"],
            [false, false, false, true, true, true, true],
            scored.Select(one => one.Points[^1] is var point
                ? new[]
                {
                    one.Rule,
                    string.Concat((one.Value ?? "").Select(letter => char.IsControl(letter) ? '\uFFFD' : letter)),
                    point.Start.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
                    Number(point.Value),
                    Number(point.Low),
                    Number(point.High),
                    point.Score.ToString("0.00", CultureInfo.InvariantCulture),
                }
                : []));
    }

    private static string Number(float value) => value.ToString("#,0.##", CultureInfo.InvariantCulture);
}
