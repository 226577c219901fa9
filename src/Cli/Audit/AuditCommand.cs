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

/// <summary><c>analytics audit</c>: compares the counters with a recount of the archive.</summary>
internal static class AuditCommand
{
    private static readonly TimeSpan Default = TimeSpan.FromDays(1);

    public static Command Create(CommandContext context)
    {
        var from = new Option<string?>("--from") { Description = "Windows that start at or after this time, such as 2026-03-01T00:00:00Z. Default: a day ago.", HelpName = "TIME" };
        var to = new Option<string?>("--to") { Description = "Windows that start before this time. Default: in an hour, the limit for early event times.", HelpName = "TIME" };
        var counter = new Option<string?>("--counter") { Description = "Audit only this counter.", HelpName = "NAME" };
        var json = new Option<bool>("--json") { Description = "Print the result as JSON." };
        var repair = new Option<bool>("--repair") { Description = "First count archived records that the function skipped, and rewrite windows that differ." };
        var backfill = new Option<bool>("--backfill") { Description = "First count archived records for counters that were defined later." };
        var stack = Pipeline.StackOption();
        var command = new Verb(
            "audit",
            "Compare every counter value with a recount of the archive.",
            "analytics audit",
            "analytics audit --from 2026-03-01T00:00:00Z --to 2026-03-02T00:00:00Z --counter page_views",
            "analytics audit --stack analytics --repair --backfill")
        {
            from, to, counter, repair, backfill, json, stack,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var now = context.Clock.GetUtcNow();
            var start = parsed.GetValue(from) is { } begin ? TimeArgument.Parse("--from", begin) : now - Default;
            var end = parsed.GetValue(to) is { } until ? TimeArgument.Parse("--to", until) : now + EventTimeBounds.Default.Future;
            if (start >= end)
            {
                throw new UsageException("--from must be before --to.");
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
                var counted = await context.Terminal.StageAsync("Counting skipped records", null, _ => audit.RepairAsync(scope, cancellationToken));
                context.Terminal.Note($"Counted {Terminal.Number(counted)} records that the function had skipped.");
                var restored = await context.Terminal.StageAsync("Comparing windows", null, _ => audit.RestoreAsync(scope, cancellationToken));
                context.Terminal.Note($"Wrote {Terminal.Number(restored)} windows that differed from the sum of their links.");
            }

            if (parsed.GetValue(backfill))
            {
                var counted = await context.Terminal.StageAsync("Counting for new counters", null, _ => audit.BackfillAsync(scope, cancellationToken));
                context.Terminal.Note(counted is { } records
                    ? $"Counted {Terminal.Number(records)} records for counters that were defined later."
                    : "Nothing was counted for counters that were defined later, because archive and counters differ. Resolve the differences below first.");
            }

            var result = await context.Terminal.StageAsync("Recounting the archive", null, _ => audit.RunAsync(scope, cancellationToken));
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
                terminal.Out.WriteLine($"and {Terminal.Number(result.Differences.Count - Most)} more; use --json to see all.");
            }
        }

        var count = result.Differences.Count + result.Findings.Count(finding => finding.Side != AuditSide.Pending);
        terminal.Out.WriteLine($"{Terminal.Number(count)} differences among {Terminal.Number(result.Values)} values, compared with {Terminal.Number(result.Events)} archived events.");
    }
}
