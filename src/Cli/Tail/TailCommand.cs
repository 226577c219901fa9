using System.CommandLine;
using System.Text;
using System.Threading.Channels;
using Amazon.Runtime;
using Analytics.Cli.Shared.Commands;
using Analytics.Cli.Shared.Files;
using Analytics.Cli.Shared.Sending;
using Analytics.Cli.Shared.Targets;
using Analytics.Events;
using Analytics.Events.Definitions;
using Analytics.Events.Patterns;

namespace Analytics.Cli.Tail;

/// <summary><c>analytics tail</c>: prints the stream's records as they arrive.</summary>
internal static class TailCommand
{
    private const int MaxQueued = 10_000;

    public static Command Create(CommandContext context)
    {
        var counter = new Option<string?>("--counter") { Description = "Only events counted by this counter of definitions.json.", HelpName = "NAME" };
        var pattern = new Option<string?>("--pattern")
        {
            Description = """Only events that match this EventBridge pattern, such as {"event_type":["purchase"]}.""",
            HelpName = "JSON",
        };
        var malformed = new Option<bool>("--malformed") { Description = "Only malformed records." };
        var all = new Option<bool>("--all") { Description = "Start with the oldest record in the stream instead of the next one." };
        var limit = new Option<long?>("--limit") { Description = "Stop after N records.", HelpName = "N" };
        limit.Validators.Add(result => OptionRules.AtLeast(result, 1));
        var json = new Option<bool>("--json") { Description = "Print one line of JSON per record." };
        var stream = new Option<string?>("--stream") { Description = "The stream's name. Default: the stream of the pipeline or stack.", HelpName = "NAME" };
        var stack = Pipeline.StackOption();
        var command = new Verb(
            "tail",
            "Print the stream's records as they arrive, until Ctrl-C.",
            "analytics tail",
            "analytics tail --counter orders --limit 10",
            "analytics tail --malformed --all --json --stack analytics")
        {
            counter, pattern, malformed, all, limit, json, stream, stack,
        };
        command.Validators.Add(result =>
        {
            if (new Option[] { counter, pattern, malformed }.Count(option => result.GetResult(option) is { Implicit: false }) > 1)
            {
                result.AddError("--counter, --pattern and --malformed are mutually exclusive.");
            }
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var filter = new TailFilter(FindPattern(context, parsed.GetValue(counter), parsed.GetValue(pattern)), parsed.GetValue(malformed));
            using var target = await StreamTarget.FindAsync(parsed.GetValue(stack), parsed.GetValue(stream), context, cancellationToken);
            var isLocal = parsed.GetValue(stack) is null && LocalState.FindRunning(context.WorkFolder) is not null;
            var reader = new ShardTails(target.Client, target.StreamName, context.Clock, isLocal);
            Func<TailedRecord, string> write = parsed.GetValue(json) ? TailLine.Json : TailLine.Text;
            try
            {
                await PrintAsync(reader, filter, write, parsed.GetValue(all), parsed.GetValue(limit), context, cancellationToken);
            }
            catch (AmazonServiceException e)
            {
                throw new UserException($"{target.StreamName} cannot be read: {e.Message} Check the stream, the region and the credentials.", e);
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static Pattern? FindPattern(CommandContext context, string? counter, string? pattern)
    {
        if (pattern is not null)
        {
            try
            {
                return Pattern.Parse(Encoding.UTF8.GetBytes(pattern), PatternTarget.Event);
            }
            catch (PatternException e)
            {
                throw new UserException($"--pattern is invalid: {e.Message}", e);
            }
        }

        if (counter is null)
        {
            return null;
        }

        var definitions = DefinitionsFile.Load(context.TemplateFile);
        return definitions.Counters.FirstOrDefault(one => one.Name == counter)?.Pattern
            ?? throw new UserException($"there is no counter {counter} in {Definitions.FileName}. It has: {string.Join(", ", definitions.Counters.Select(one => one.Name))}.");
    }

    private static async Task PrintAsync(
        ShardTails reader, TailFilter filter, Func<TailedRecord, string> write, bool all, long? limit, CommandContext context, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var records = Channel.CreateBounded<TailedRecord>(MaxQueued);
        var events = new EventReader(EventLimits.Default);
        var reading = reader.ReadAsync(
            all,
            async (shardId, record) =>
            {
                foreach (var one in filter.Select(events, shardId, record))
                {
                    await records.Writer.WriteAsync(one, ending.Token);
                }
            },
            context.Terminal.Note,
            ending.Token);
        _ = reading.ContinueWith(task => records.Writer.TryComplete(task.Exception?.InnerException), TaskScheduler.Default);
        var printed = 0L;
        try
        {
            await foreach (var record in records.Reader.ReadAllAsync(cancellationToken))
            {
                context.Terminal.Out.WriteLine(write(record));
                if (++printed == limit)
                {
                    break;
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Ctrl-C is the normal end.
        }
        finally
        {
            await ending.CancelAsync();
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
