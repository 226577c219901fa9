using System.CommandLine;
using Amazon.SQS.Model;
using Analytics.Cli.Shared.Archive;
using Analytics.Cli.Shared.Commands;
using Analytics.Cli.Shared.Output;
using Analytics.Cli.Shared.Redelivery;
using Analytics.Cli.Shared.Targets;
using Analytics.Counting.Auditing;
using Analytics.Events;

namespace Analytics.Cli.Failures;

/// <summary><c>analytics failures</c>: lists, shows and redrives records that exhausted their retries.</summary>
internal static class FailuresCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Verb(
            "failures",
            "List, show or redrive records that exhausted their retries.",
            "analytics failures list",
            "analytics failures redrive --stack analytics");
        command.Subcommands.Add(List(context));
        command.Subcommands.Add(Show(context));
        command.Subcommands.Add(Redrive(context));
        return command;
    }

    private static Command List(CommandContext context)
    {
        var stack = Pipeline.StackOption();
        var json = new Option<bool>("--json") { Description = "Print one line of JSON per batch." };
        var command = new Verb(
            "list",
            "List the batches in the failures queue.",
            "analytics failures list",
            "analytics failures list --stack analytics --json")
        {
            stack, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var pipeline = await Pipeline.FindAsync(parsed.GetValue(stack), context, cancellationToken);
            var (failures, others, hidden) = await PeekAsync(CreateQueue(pipeline), cancellationToken);
            if (parsed.GetValue(json))
            {
                foreach (var failure in failures)
                {
                    context.Terminal.Out.WriteLine(FailureJson.Write(failure));
                }
            }
            else
            {
                Print(failures, others.Count, hidden, context);
            }

            NoteHidden(hidden, context);
            return ExitCode.Success;
        });
        return command;
    }

    private static Command Show(CommandContext context)
    {
        var id = new Argument<string?>("id") { Description = "The batch's ID from `failures list`. Default: all batches.", Arity = ArgumentArity.ZeroOrOne };
        var stack = Pipeline.StackOption();
        var command = new Verb(
            "show",
            "Print the records of failed batches as lines of JSON, from the stream or the archive.",
            "analytics failures show 5f0c2f5e",
            "analytics failures show --stack analytics")
        {
            id, stack,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var pipeline = await Pipeline.FindAsync(parsed.GetValue(stack), context, cancellationToken);
            var (failures, _, hidden) = await PeekAsync(CreateQueue(pipeline), cancellationToken);
            NoteHidden(hidden, context);
            var records = CreateRecords(pipeline);
            foreach (var failure in Choose(failures, parsed.GetValue(id)))
            {
                if (failure.Range is not { } range)
                {
                    context.Terminal.Note($"{failure.Id}: the final invocation of a tumbling window of {failure.ShardId}, which has no records.");
                    continue;
                }

                var found = await records.FetchAsync(range, cancellationToken);
                foreach (var record in found.Records)
                {
                    context.Terminal.Out.WriteLine(RecordJson.Write(record));
                }

                context.Terminal.Note($"{failure.Id}: {Terminal.Number(found.Records.Count)} records, {Terminal.Number(found.FromArchive)} of them from the archive; {Terminal.Number(found.Missing)} found in neither stream nor archive.");
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static Command Redrive(CommandContext context)
    {
        var function = new Option<string?>("--function") { Description = "Redrive only the batches of this function.", HelpName = "FUNCTION" };
        var stack = Pipeline.StackOption();
        var command = new Verb(
            "redrive",
            "Invoke functions with their failed records, in order, and delete what succeeds from the queue.",
            "analytics failures redrive",
            "analytics failures redrive --function Results --stack analytics")
        {
            function, stack,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var pipeline = await Pipeline.FindAsync(parsed.GetValue(stack), context, cancellationToken);
            var name = parsed.GetValue(function) is { } given ? pipeline.FunctionName(given) : null;
            var isComplete = await new Redrive(pipeline, CreateQueue(pipeline), CreateRecords(pipeline), CreateCorrector(pipeline, context), context).RunAsync(name, cancellationToken);
            return isComplete ? ExitCode.Success : ExitCode.Failure;
        });
        return command;
    }

    private static FailureQueue CreateQueue(Pipeline pipeline) => new(pipeline.Sqs, pipeline.Resource(ResourceNames.FailuresQueue));

    private static FailedRecords CreateRecords(Pipeline pipeline) => new(
        new EventReader(EventLimits.Default),
        new StreamRecords(pipeline.Kinesis, pipeline.Resource(ResourceNames.Stream)),
        pipeline.FindResource(ResourceNames.ArchiveBucket) is { } bucket ? new ArchiveReader(pipeline.S3, bucket) : null);

    private static CounterCorrector? CreateCorrector(Pipeline pipeline, CommandContext context) =>
        pipeline.FindResource(ResourceNames.CountersTable) is { } table ? new CounterCorrector(pipeline.DynamoDb, table, context.Clock) : null;

    private static async Task<(IReadOnlyList<FailureMessage> Failures, IReadOnlyList<Message> Others, HiddenMessages Hidden)> PeekAsync(
        FailureQueue queue, CancellationToken cancellationToken)
    {
        var hidden = await queue.CountHiddenAsync(cancellationToken);
        var received = await queue.ReceiveAsync(cancellationToken);
        await queue.ReleaseAsync(received.Failures.Select(failure => failure.ReceiptHandle).Concat(received.Others.Select(message => message.ReceiptHandle)));
        return (received.Failures, received.Others, hidden);
    }

    private static void NoteHidden(HiddenMessages hidden, CommandContext context)
    {
        if (hidden.Describe(context.Clock.GetUtcNow()) is { } line)
        {
            context.Terminal.Note(line);
        }
    }

    private static IReadOnlyList<FailureMessage> Choose(IReadOnlyList<FailureMessage> failures, string? id)
    {
        if (id is null)
        {
            return failures;
        }

        var chosen = failures.Where(failure => failure.MessageId.StartsWith(id, StringComparison.Ordinal)).ToList();
        return chosen.Count > 0 ? chosen
            : throw new UserException($"the failures queue has no batch {id}. Run `analytics failures list` to see its batches.");
    }

    private static void Print(IReadOnlyList<FailureMessage> failures, int others, HiddenMessages hidden, CommandContext context)
    {
        if (failures.Count == 0)
        {
            context.Terminal.Out.WriteLine($"The failures queue {(hidden.Count == 0 ? "is empty" : "shows no batches")}.");
        }
        else
        {
            var now = context.Clock.GetUtcNow();
            Columns.Print(
                context.Terminal,
                ["Id", "Function", "Shard", "Records", "Range", "Condition", "Tries", "Age"],
                [false, false, false, true, false, false, true, true],
                failures.Select(failure => new[]
                {
                    failure.Id,
                    failure.FunctionName,
                    failure.ShardId,
                    Terminal.Number(failure.Range?.Count ?? 0),
                    failure.Range is { } range ? $"{Tail(range.First.ToString())} to {Tail(range.Last.ToString())}" : "final invocation of a window",
                    failure.FunctionError is { } error ? $"{failure.Condition} ({error})" : failure.Condition,
                    Terminal.Number(failure.InvokeCount),
                    Age(now - failure.GivenUpAt),
                }));
        }

        if (others > 0)
        {
            context.Terminal.Note($"{Terminal.Number(others)} more messages are not failure records of a Kinesis batch.");
        }
    }

    // A shard's sequence numbers have about 56 digits and differ in the last ones; --json prints all digits.
    private static string Tail(string sequenceNumber) => sequenceNumber.Length > 12 ? "…" + sequenceNumber[^11..] : sequenceNumber;

    private static string Age(TimeSpan age) =>
        age.TotalDays >= 2 ? $"{(int)age.TotalDays} d"
        : age.TotalHours >= 2 ? $"{(int)age.TotalHours} h"
        : age.TotalMinutes >= 2 ? $"{(int)age.TotalMinutes} min"
        : $"{Math.Max(0, (int)age.TotalSeconds)} s";
}
