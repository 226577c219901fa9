using Analytics.Cli.Shared.Commands;
using Analytics.Cli.Shared.Output;
using Analytics.Cli.Shared.Redelivery;
using Analytics.Cli.Shared.Targets;
using Analytics.Counting;
using Analytics.Counting.Auditing;

namespace Analytics.Cli.Failures;

/// <summary>Redrives failed batches: invokes each function with its records, and deletes the messages of batches that it processed.</summary>
/// <param name="pipeline">The pipeline.</param>
/// <param name="queue">The failures queue.</param>
/// <param name="records">Fetches the records.</param>
/// <param name="corrector">Counts records that the function Counters skipped, or null if there are no counters.</param>
/// <param name="context">The environment of the command.</param>
internal sealed class Redrive(Pipeline pipeline, FailureQueue queue, FailedRecords records, CounterCorrector? corrector, CommandContext context)
{
    // Well before received messages become visible again.
    private static readonly TimeSpan KeepEvery = FailureQueue.HiddenFor / 3;

    /// <summary>Redrives the batches of one or all functions: Archive first, so that the records of other functions are found in the archive.</summary>
    /// <returns>Whether all batches were processed and no messages are hidden.</returns>
    public async Task<bool> RunAsync(string? functionName, CancellationToken cancellationToken)
    {
        var hidden = await queue.CountHiddenAsync(cancellationToken);
        var (failures, others) = await queue.ReceiveAsync(cancellationToken);
        var open = failures.Select(failure => failure.ReceiptHandle).Concat(others.Select(message => message.ReceiptHandle)).ToHashSet(StringComparer.Ordinal);
        try
        {
            var archiveFunction = pipeline.Functions.GetValueOrDefault(ResourceNames.ArchiveFunction);
            var chosen = failures.Where(failure => functionName is null || failure.FunctionName == functionName)
                .OrderBy(failure => failure.FunctionName != archiveFunction).ToList();
            var taken = await DeliverAsync(chosen, failures, open, cancellationToken);
            context.Terminal.Out.WriteLine(chosen.Count == 0
                ? $"The failures queue {(hidden.Count == 0 ? "has" : "shows")} nothing to redrive."
                : $"Redrove {Terminal.Number(taken)} of {Terminal.Number(chosen.Count)} batches.");
            if (functionName is null && others.Count > 0)
            {
                context.Terminal.Note($"{Terminal.Number(others.Count)} messages in the queue are not failure records of a Kinesis batch and were ignored.");
            }

            if (hidden.Describe(context.Clock.GetUtcNow()) is { } line)
            {
                context.Terminal.Note(line);
            }

            return taken == chosen.Count && hidden.Count == 0;
        }
        finally
        {
            await queue.ReleaseAsync(open);
        }
    }

    private async Task<int> DeliverAsync(
        List<FailureMessage> failures, IReadOnlyList<FailureMessage> all, HashSet<string> open, CancellationToken cancellationToken)
    {
        var taken = 0;
        var toCount = new List<(FailureMessage Failure, IReadOnlyList<PastRecord> Records)>();
        var kept = context.Clock.GetTimestamp();
        foreach (var failure in failures)
        {
            if (context.Clock.GetElapsedTime(kept) > KeepEvery)
            {
                await queue.KeepAsync(open, cancellationToken);
                kept = context.Clock.GetTimestamp();
            }

            var (delivered, error) = await DeliverAsync(failure, cancellationToken);
            if (error is not null)
            {
                Stays(failure, error);
            }
            else if (failure.FunctionName == pipeline.Functions.GetValueOrDefault(ResourceNames.CountersFunction))
            {
                toCount.Add((failure, delivered));
            }
            else
            {
                await TakenAsync(failure, open, cancellationToken);
                taken++;
            }
        }

        foreach (var (failure, found) in toCount)
        {
            if (await CountAsync(failure, found, all, open, cancellationToken) is { } uncounted)
            {
                Stays(failure, uncounted);
            }
            else
            {
                await TakenAsync(failure, open, cancellationToken);
                taken++;
            }
        }

        return taken;
    }

    private void Stays(FailureMessage failure, string error) =>
        context.Terminal.Out.WriteLine($"{failure.Id}  {failure.FunctionName}: stays, as {error}");

    private async Task TakenAsync(FailureMessage failure, HashSet<string> open, CancellationToken cancellationToken)
    {
        await queue.DeleteAsync(failure, cancellationToken);
        open.Remove(failure.ReceiptHandle);
        context.Terminal.Out.WriteLine($"{failure.Id}  {failure.FunctionName}: processed {Terminal.Number(failure.Range?.Count ?? 0)} records of {failure.ShardId}");
    }

    /// <summary>
    /// Ensures that the redriven records are counted. The function counts those beyond the end of the shard's chain; it treats those skipped by later
    /// batches as already delivered, so a correction counts them.
    /// </summary>
    /// <returns>The reason why not all records are counted, or null if they are.</returns>
    private async Task<string?> CountAsync(
        FailureMessage failure,
        IReadOnlyList<PastRecord> delivered,
        IReadOnlyList<FailureMessage> all,
        HashSet<string> open,
        CancellationToken cancellationToken)
    {
        if (corrector is null)
        {
            return $"{pipeline.Title} has no counters table";
        }

        if (all.Any(one => one.FunctionName == pipeline.Functions.GetValueOrDefault(ResourceNames.ArchiveFunction) && open.Contains(one.ReceiptHandle)))
        {
            return $"the archive, which counters are audited against, is incomplete: redrive the batches of {ResourceNames.ArchiveFunction} first";
        }

        try
        {
            var result = await corrector.CorrectAsync(failure.ShardId, [.. delivered.Select(record => record.ToStreamRecord())], cancellationToken);
            return result.BeyondEnd > 0 ? $"the function processed {Terminal.Number(result.BeyondEnd)} of its records without counting them"
                : result.Unknown > 0 ? $"it is unknown whether {Terminal.Number(result.Unknown)} of its records are counted: their links have expired"
                : null;
        }
        catch (CounterTableException e)
        {
            return e.Message;
        }
    }

    /// <returns>The records, and the reason why the function did not process them, or null if it did.</returns>
    private async Task<(IReadOnlyList<PastRecord> Records, string? Error)> DeliverAsync(FailureMessage failure, CancellationToken cancellationToken)
    {
        if (failure.Range is not { } range)
        {
            return ([], "it was the final invocation of a tumbling window, which has no records to redrive");
        }

        if (!pipeline.Functions.Values.Contains(failure.FunctionName, StringComparer.Ordinal))
        {
            return ([], $"{pipeline.Title} has no such function");
        }

        var found = await records.FetchAsync(range, cancellationToken);
        if (found.Missing > 0)
        {
            return ([], $"{Terminal.Number(found.Missing)} of its {Terminal.Number(range.Count)} records are no longer in the stream or the archive");
        }

        var delivery = new RecordDelivery(
            (payload, token) => RemoteFunction.InvokeAsync(pipeline, failure.FunctionName, payload, token), range.StreamArn, context.Clock);
        return (found.Records, (await delivery.DeliverAsync(found.Records, cancellationToken)).Error);
    }
}
