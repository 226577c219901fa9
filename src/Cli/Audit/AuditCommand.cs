using System.CommandLine;
using System.Globalization;
using Analytics.Cli.Shared.Auditing;
using Analytics.Cli.Shared.Commands;
using Analytics.Cli.Shared.Files;
using Analytics.Cli.Shared.Output;
using Analytics.Cli.Shared.Targets;
using Analytics.Counting.Auditing;
using Analytics.Events.Definitions;
using Analytics.Streaming;

namespace Analytics.Cli.Audit;

/// <summary><c>analytics audit</c>: the counters counted again from the archive.</summary>
internal static class AuditCommand
{
    private static readonly TimeSpan Default = TimeSpan.FromDays(1);

    public static Command Create(CommandContext context)
    {
        var from = new Option<string?>("--from") { Description = "Windows that start at this time or later, as 2026-03-01T00:00:00Z; a day ago when not given.", HelpName = "TIME" };
        var to = new Option<string?>("--to") { Description = "Windows that start before this time; an hour from now when not given, for events may be ahead of their time.", HelpName = "TIME" };
        var counter = new Option<string?>("--counter") { Description = "Only this counter.", HelpName = "NAME" };
        var json = new Option<bool>("--json") { Description = "Print the result as JSON." };
        var repair = new Option<bool>("--repair") { Description = "First count the archive's records that the function left behind, and write windows that differ although archive and links agree." };
        var stack = Pipeline.StackOption();
        var command = new Command("audit", "Compare the counters with the archive: each record, and each value of each window.") { from, to, counter, repair, json, stack };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var now = context.Clock.GetUtcNow();
            var start = parsed.GetValue(from) is { } begin ? TimeArgument.Parse("--from", begin) : now - Default;
            var end = parsed.GetValue(to) is { } until ? TimeArgument.Parse("--to", until) : now + EventTimeBounds.Default.Future;
            if (start >= end)
            {
                throw new UsageException("--from is not before --to. Give a span of time.");
            }

            using var pipeline = await Pipeline.FindAsync(parsed.GetValue(stack), context, cancellationToken);
            var scope = new CounterAuditScope(start, end)
            {
                Counter = Check(parsed.GetValue(counter), context),
                StreamShards = await StreamScan.ShardsAsync(pipeline.Kinesis, pipeline.Resource(ResourceNames.Stream), cancellationToken),
            };
            var audit = PipelineAudit.Create(pipeline, context.Clock);
            if (parsed.GetValue(repair))
            {
                var counted = await context.Terminal.StageAsync("Counting what was left behind", null, _ => audit.RepairAsync(scope, cancellationToken));
                context.Terminal.Note($"Counted {Terminal.Number(counted)} records that the function had left behind.");
                var restored = await context.Terminal.StageAsync("Comparing windows", null, _ => audit.RestoreAsync(scope, cancellationToken));
                context.Terminal.Note($"Wrote {Terminal.Number(restored)} windows that differed from what was added to them.");
            }

            var result = await context.Terminal.StageAsync("Counting the archive again", null, _ => audit.RunAsync(scope, cancellationToken));
            if (parsed.GetValue(json))
            {
                context.Terminal.Out.WriteLine(AuditJson.Write(result));
            }
            else
            {
                Print(result, context.Terminal);
            }

            return result.IsEqual ? ExitCode.Success : ExitCode.Failure;
        });
        return command;
    }

    private static string? Check(string? counter, CommandContext context)
    {
        if (counter is null)
        {
            return null;
        }

        var names = DefinitionsFile.Load(context.TemplateFile).Counters.Select(one => one.Name).ToList();
        return names.Contains(counter) ? counter
            : throw new UserException($"there is no counter {counter} in {Definitions.FileName}. It has: {string.Join(", ", names)}.");
    }

    private static void Print(CounterAuditResult result, Terminal terminal)
    {
        const int Most = 50;
        foreach (var finding in result.Findings)
        {
            if (finding.Side == AuditSide.Pending)
            {
                terminal.Note(finding.Message);
            }
            else
            {
                terminal.Out.WriteLine($"{finding.Side}: {finding.Message}");
            }
        }

        if (result.Differences.Count > 0)
        {
            Columns.Print(
                terminal,
                ["Counter", "Window", "Start", "Value", "Measure", "Counted", "Recounted"],
                [false, false, false, false, false, true, true],
                result.Differences.Take(Most).Select(one => new[]
                {
                    one.Counter,
                    one.Window.ToString().ToLowerInvariant(),
                    one.Start.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
                    one.Value,
                    one.Measure,
                    one.Actual,
                    one.Expected,
                }));
            if (result.Differences.Count > Most)
            {
                terminal.Out.WriteLine($"and {Terminal.Number(result.Differences.Count - Most)} more; --json has them all.");
            }
        }

        var count = result.Differences.Count + result.Findings.Count(finding => finding.Side != AuditSide.Pending);
        terminal.Out.WriteLine($"{Terminal.Number(count)} differences among {Terminal.Number(result.Values)} values, by {Terminal.Number(result.Events)} events of the archive.");
    }
}
