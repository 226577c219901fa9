using System.CommandLine;
using System.Globalization;
using Analytics.Cli.Shared.Commands;
using Analytics.Cli.Shared.Output;
using Analytics.Cli.Shared.Redelivery;
using Analytics.Cli.Shared.Targets;

namespace Analytics.Cli.Replay;

/// <summary><c>analytics replay</c>: sends past records to functions again.</summary>
internal static class ReplayCommand
{
    private static readonly string[] LeftOut = [ResourceNames.CountersFunction, ResourceNames.RollupFunction, ResourceNames.AnomaliesFunction, ResourceNames.ReplicatorFunction];

    public static Command Create(CommandContext context)
    {
        var from = new Option<string>("--from") { Description = "Records that arrived at or after this time, such as 2026-03-01T12:00:00Z.", HelpName = "TIME", Required = true };
        var to = new Option<string?>("--to") { Description = "Records that arrived before this time. Default: now.", HelpName = "TIME" };
        var function = new Option<string?>("--function") { Description = "The function. Default: all except Counters, Rollup and Replicator.", HelpName = "FUNCTION" };
        var source = new Option<ReplaySource?>("--source") { Description = "stream or archive. Default: the stream if it retains all of the records.", HelpName = "SOURCE" };
        var stack = Pipeline.StackOption();
        var command = new Verb(
            "replay",
            "Send the records of a time range to functions again. An interrupted replay can be resumed.",
            "analytics replay --from 2026-03-01T12:00:00Z --to 2026-03-01T13:00:00Z",
            "analytics replay --from 2026-03-01T12:00:00Z --function Results --source archive --stack analytics")
        {
            from, to, function, source, stack,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var start = TimeArgument.Parse("--from", parsed.GetValue(from)!);
            var now = context.Clock.GetUtcNow();
            var end = parsed.GetValue(to) is { } text ? TimeArgument.Parse("--to", text) : now;
            if (end <= start || end > now)
            {
                throw new UsageException("--to must be after --from and not in the future.");
            }

            using var pipeline = await Pipeline.FindAsync(parsed.GetValue(stack), context, cancellationToken);
            await RunAsync(new Request(pipeline, start, end, parsed.GetValue(to) is null, parsed.GetValue(function), parsed.GetValue(source)), context, cancellationToken);
            return ExitCode.Success;
        });
        return command;
    }

    private static async Task RunAsync(Request request, CommandContext context, CancellationToken cancellationToken)
    {
        var pipeline = request.Pipeline;
        var records = new PastRecords(pipeline);
        var (streamArn, hasFrom) = await records.DescribeStreamAsync(context.Clock.GetUtcNow(), cancellationToken);
        var source = request.Source ?? (request.From >= hasFrom ? ReplaySource.Stream : ReplaySource.Archive);
        var functions = request.Function is { } name ? [Check(pipeline, pipeline.FunctionName(name))]
            : pipeline.Functions.Where(one => !LeftOut.Contains(one.Key)).Select(one => one.Value).Order(StringComparer.Ordinal).ToArray();
        var end = request.IsToNow ? "now" : request.To.ToString("O", CultureInfo.InvariantCulture);
        var state = ReplayState.Open(context.WorkFolder, string.Create(CultureInfo.InvariantCulture, $"{pipeline.Title} {source} {request.From:O} {end}"));
        if (state.IsResumed)
        {
            context.Terminal.Note("Resuming this replay.");
        }

        var replay = new Replayer(state, one => new RecordDelivery(
            (payload, token) => RemoteFunction.InvokeAsync(pipeline, one, payload, token), streamArn, context.Clock));
        var results = new List<ReplayResult>();
        foreach (var one in functions)
        {
            var past = source == ReplaySource.Stream
                ? records.FromStreamAsync(request.From, request.To, cancellationToken)
                : records.FromArchiveAsync(request.From, request.To, cancellationToken);
            results.Add(await context.Terminal.StageAsync(
                $"Replaying from the {source.ToString().ToLowerInvariant()} to {one}", null, progress => replay.RunAsync(one, past, progress, cancellationToken)));
        }

        state.Complete();
        Columns.Print(
            context.Terminal,
            ["Function", "Records", "Taken before", "Invocations"],
            [false, true, true, true],
            results.Select(result => new[]
            {
                result.Function, Terminal.Number(result.Delivered), Terminal.Number(result.Before), Terminal.Number(result.Invocations),
            }));
    }

    /// <summary>
    /// Counters processes a shard's records only in order: if it receives later records first, it does not count the earlier ones. A replay while it
    /// lags behind would cause that.
    /// </summary>
    private static string Check(Pipeline pipeline, string function) =>
        function == pipeline.Functions.GetValueOrDefault(ResourceNames.CountersFunction)
            ? throw new UserException($"{function} processes records only in order, so a replay could leave some uncounted. Use `analytics audit --repair` to count skipped records.")
            : function;

    private sealed record Request(Pipeline Pipeline, DateTimeOffset From, DateTimeOffset To, bool IsToNow, string? Function, ReplaySource? Source);

    private enum ReplaySource
    {
        Stream,
        Archive,
    }
}
