using System.CommandLine;
using System.Globalization;
using Analytics.Cli.Shared.Commands;
using Analytics.Cli.Shared.Metrics;
using Analytics.Cli.Shared.Output;
using Analytics.Cli.Shared.Targets;
using Analytics.Local.Metrics;

namespace Analytics.Cli.Metrics;

/// <summary><c>analytics metrics</c>: shows the CloudWatch metrics of a local pipeline.</summary>
internal static class MetricsCommand
{
    public static Command Create(CommandContext context)
    {
        var name = new Argument<string?>("name") { Description = "The metric. Default: all metrics.", Arity = ArgumentArity.ZeroOrOne };
        var @namespace = new Option<string?>("--namespace") { Description = "Show only this namespace, such as AWS/Lambda.", HelpName = "NAMESPACE" };
        var minutes = new Option<bool>("--minutes") { Description = "Print a row per minute instead of totals." };
        var json = new Option<bool>("--json") { Description = "Print one line of JSON per metric and minute." };
        var command = new Verb(
            "metrics",
            "Show the CloudWatch metrics of the pipeline running on this machine.",
            "analytics metrics",
            "analytics metrics Duration --namespace AWS/Lambda --minutes")
        {
            name, @namespace, minutes, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var values = (await ReadAsync(context, cancellationToken))
                .Where(value => parsed.GetValue(name) is not { } wanted || value.Name == wanted)
                .Where(value => parsed.GetValue(@namespace) is not { } wanted || value.Namespace == wanted)
                .ToList();
            if (parsed.GetValue(json))
            {
                values.ForEach(value => context.Terminal.Out.WriteLine(MetricJson.Write(value)));
            }
            else if (values.Count == 0)
            {
                context.Terminal.Out.WriteLine("No such metrics have been published yet.");
            }
            else
            {
                Print(parsed.GetValue(minutes) ? values : MetricTotals.Sum(values), parsed.GetValue(minutes), context.Terminal);
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static async Task<IReadOnlyList<MetricValue>> ReadAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var local = LocalState.FindRunning(context.WorkFolder)
            ?? throw new UserException($"no pipeline is running on this machine ({LocalState.PathIn(context.WorkFolder)} lists none). Start one with `analytics up`. Metrics of a stack on AWS are on its CloudWatch dashboard.");
        using var http = new HttpClient();
        var lines = await http.GetStringAsync(local.Endpoints[LocalState.MetricsEndpoint], cancellationToken);
        return [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(MetricJson.Read)];
    }

    private static void Print(IEnumerable<MetricValue> values, bool withMinute, Terminal terminal)
    {
        string[] minute = withMinute ? ["Minute"] : [];
        bool[] minuteIsNumber = withMinute ? [false] : [];
        Columns.Print(
            terminal,
            ["Namespace", "Metric", "Dimensions", .. minute, "Unit", "Samples", "Sum", "Average", "Minimum", "Maximum"],
            [false, false, false, .. minuteIsNumber, false, true, true, true, true, true],
            values.Select(value => (string[])
            [
                value.Namespace,
                value.Name,
                MetricTotals.Text(value.Dimensions),
                .. withMinute ? [value.Minute.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)] : Array.Empty<string>(),
                value.Unit,
                Terminal.Number(value.SampleCount),
                Number(value.Sum),
                Number(value.Average),
                Number(value.Minimum),
                Number(value.Maximum),
            ]));
    }

    private static string Number(double value) => value.ToString("#,0.##", CultureInfo.InvariantCulture);
}
