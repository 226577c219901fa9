using System.CommandLine;
using System.Globalization;
using Analytics.Cli.Auditing;
using Analytics.Cli.Presentation;
using Analytics.Cli.Reporting;
using Analytics.Cli.Running;
using Analytics.Cli.Targets;
using Analytics.Events.Definitions;
using Analytics.Streaming;

namespace Analytics.Cli.Commands;

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
        var stack = Pipeline.StackOption();
        var command = new Command("audit", "Count the archive again and compare it with the counters, value by value.") { from, to, counter, json, stack };
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
            var definitions = DefinitionsFile.Load(context.TemplateFile);
            var scope = new ArchiveAuditScope(start, end) { Counter = Check(parsed.GetValue(counter), definitions) };
            var audit = PipelineAudit.Of(pipeline, definitions, context.Clock);
            var result = await context.Terminal.StageAsync("Counting the archive again", null, _ => audit.RunAsync(scope, cancellationToken));
            if (parsed.GetValue(json))
            {
                context.Terminal.Out.WriteLine(AuditJson.Write(result));
            }
            else
            {
                Print(result, context.Terminal);
            }

            return result.Differences.Count == 0 ? CommandLine.Success : CommandLine.Failure;
        });
        return command;
    }

    private static string? Check(string? counter, Definitions definitions)
    {
        var names = definitions.Counters.Select(one => one.Name).ToList();
        return counter is null || names.Contains(counter) ? counter
            : throw new UserException($"there is no counter {counter} in {Definitions.FileName}. It has: {string.Join(", ", names)}.");
    }

    private static void Print(ArchiveAuditResult result, Terminal terminal)
    {
        const int Most = 50;
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

        terminal.Out.WriteLine($"{Terminal.Number(result.Differences.Count)} differences among {Terminal.Number(result.Values)} values, by {Terminal.Number(result.Events)} events of the archive.");
    }
}
