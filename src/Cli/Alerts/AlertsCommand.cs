using System.CommandLine;
using System.Globalization;
using Analytics.Alerting.Reading;
using Analytics.Cli.Shared.Commands;
using Analytics.Cli.Shared.Files;
using Analytics.Cli.Shared.Output;
using Analytics.Cli.Shared.Targets;
using Analytics.Events.Definitions;

namespace Analytics.Cli.Alerts;

/// <summary><c>analytics alerts</c>: lists alerts and what cooldowns hold back.</summary>
internal static class AlertsCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Verb("alerts", "List alerts and what cooldowns hold back.", "analytics alerts list --last 7d");
        command.Subcommands.Add(List(context));
        command.Subcommands.Add(Expected(context));
        return command;
    }

    private static Command Expected(CommandContext context)
    {
        var name = new Argument<string?>("rule") { Description = "The anomaly rule (default: all).", Arity = ArgumentArity.ZeroOrOne };
        var json = new Option<bool>("--json") { Description = "Print a line of JSON for each of the latest 60 windows." };
        var stack = Pipeline.StackOption();
        var command = new Verb(
            "expected",
            "Show the latest window of each series of anomaly rules, with its expected range and score.",
            "analytics alerts expected",
            "analytics alerts expected revenue_anomaly --json --stack analytics")
        {
            name, json, stack,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var rules = ChooseAnomalyRules(context, parsed.GetValue(name));
            using var pipeline = await Pipeline.FindAsync(parsed.GetValue(stack), context, cancellationToken);
            var reader = new ExpectedRangeReader(pipeline.DynamoDb, pipeline.Resource(ResourceNames.CountersTable), context.Clock);
            var series = await reader.ReadAsync(rules, context.Clock.GetUtcNow(), cancellationToken);
            if (parsed.GetValue(json))
            {
                foreach (var one in series)
                {
                    foreach (var point in one.Points)
                    {
                        context.Terminal.Out.WriteLine(AlertJson.Write(one, point));
                    }
                }
            }
            else
            {
                ExpectedTable.Print(context.Terminal, series);
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static List<AnomalyRule> ChooseAnomalyRules(CommandContext context, string? name)
    {
        List<AnomalyRule> rules = [.. DefinitionsFile.Load(context.TemplateFile).Alerts.OfType<AnomalyRule>()];
        return name is null ? rules
            : rules.Find(rule => rule.Name == name) is { } found ? [found]
            : throw new UserException(rules.Count > 0
                ? $"there is no anomaly rule {name} in definitions.json; the anomaly rules are {string.Join(", ", rules.Select(rule => rule.Name))}."
                : $"there is no anomaly rule {name} in definitions.json, which has no anomaly rules.");
    }

    private static Command List(CommandContext context)
    {
        var name = new Argument<string?>("rule") { Description = "The rule. Default: all rules.", Arity = ArgumentArity.ZeroOrOne };
        var last = new Option<string>("--last") { Description = "Time range up to now, such as 30m, 1h or 7d.", HelpName = "TIME", DefaultValueFactory = _ => "1d" };
        var json = new Option<bool>("--json") { Description = "Print one line of JSON per alert sent and per key with held-back alerts." };
        var stack = Pipeline.StackOption();
        var command = new Verb(
            "list",
            "List alerts by time of their events or windows, and the number held back since.",
            "analytics alerts list",
            "analytics alerts list high_value_order --last 7d --json --stack analytics")
        {
            name, last, json, stack,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var now = context.Clock.GetUtcNow();
            var from = now - TimeArgument.ParseLength(parsed.GetValue(last)!);
            var rules = Choose(context, parsed.GetValue(name));
            using var pipeline = await Pipeline.FindAsync(parsed.GetValue(stack), context, cancellationToken);
            var history = new AlertHistory(pipeline.DynamoDb, pipeline.Resource(ResourceNames.CountersTable), context.Clock);
            var sent = new List<SentAlert>();
            var held = new List<HeldBackAlerts>();
            foreach (var rule in rules)
            {
                await foreach (var alert in history.ReadSentAsync(rule, from, now, cancellationToken))
                {
                    sent.Add(alert);
                }

                held.AddRange(await history.ReadHeldBackAsync(rule, now, cancellationToken));
            }

            if (parsed.GetValue(json))
            {
                PrintJson(context.Terminal.Out, sent, held);
            }
            else
            {
                Print(context.Terminal, sent, held);
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static IReadOnlyList<string> Choose(CommandContext context, string? name)
    {
        IReadOnlyList<string> rules = [.. DefinitionsFile.Load(context.TemplateFile).Alerts.Select(rule => rule.Name)];
        return name is null ? rules
            : rules.Contains(name) ? [name]
            : throw new UserException(rules.Count > 0
                ? $"there is no rule {name} in definitions.json. Its rules are {string.Join(", ", rules)}."
                : $"there is no rule {name} in definitions.json, which has no rules.");
    }

    private static void Print(Terminal terminal, IReadOnlyList<SentAlert> sent, IReadOnlyList<HeldBackAlerts> held)
    {
        if (sent.Count == 0)
        {
            terminal.Out.WriteLine("No alerts were sent in this time range.");
        }
        else
        {
            Columns.Print(
                terminal,
                ["Time", "Rule", "Severity", "Key", "Subject", "Held back before"],
                [false, false, false, false, false, true],
                sent.OrderBy(alert => alert.Time).Select(alert => new[]
                {
                    Time(alert.Time), alert.Rule, alert.Severity, alert.Key ?? "", alert.Subject, alert.HeldBack is { } before ? Terminal.Number(before) : "",
                }));
        }

        if (held.Count > 0)
        {
            terminal.Out.WriteLine();
            Columns.Print(
                terminal,
                ["Held back", "Rule", "Key", "Last alert", "Cooldown until"],
                [true, false, false, false, false],
                held.Select(one => new[]
                {
                    Terminal.Number(one.Count), one.Rule, one.Key, one.LastAlert is { } last ? Time(last) : "", Time(one.ClosedUntil),
                }));
        }
    }

    private static void PrintJson(TextWriter output, IReadOnlyList<SentAlert> sent, IReadOnlyList<HeldBackAlerts> held)
    {
        foreach (var alert in sent)
        {
            output.WriteLine(AlertJson.Write(alert));
        }

        foreach (var one in held)
        {
            output.WriteLine(AlertJson.Write(one));
        }
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
