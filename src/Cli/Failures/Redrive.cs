using Analytics.Cli.Invoking;
using Analytics.Cli.Presentation;
using Analytics.Cli.Redelivery;
using Analytics.Cli.Targets;

namespace Analytics.Cli.Failures;

/// <summary>Brings back what Lambda gave up on: invokes each function with its records, and removes from the queue what it takes.</summary>
/// <param name="pipeline">The pipeline.</param>
/// <param name="queue">Its queue of failures.</param>
/// <param name="records">Fetches the records.</param>
/// <param name="context">Where to write, and the time.</param>
internal sealed class Redrive(Pipeline pipeline, FailureQueue queue, FailedRecords records, CommandContext context)
{
    // Long before what was received shows again.
    private static readonly TimeSpan KeepEvery = FailureQueue.HiddenFor / 3;

    /// <summary>Works on what the queue holds for a function, or for all: the archive first, so that others find their records there.</summary>
    /// <returns>Whether all of it was taken.</returns>
    public async Task<bool> RunAsync(string? functionName, CancellationToken cancellationToken)
    {
        var (failures, others) = await queue.ReceiveAsync(cancellationToken);
        var open = failures.Select(failure => failure.ReceiptHandle).Concat(others.Select(message => message.ReceiptHandle)).ToHashSet(StringComparer.Ordinal);
        try
        {
            var archiveFunction = pipeline.Functions.GetValueOrDefault(ResourceNames.ArchiveFunction);
            var chosen = failures.Where(failure => functionName is null || failure.FunctionName == functionName)
                .OrderBy(failure => failure.FunctionName != archiveFunction).ToList();
            var taken = await DeliverAsync(chosen, open, cancellationToken);
            context.Terminal.Out.WriteLine(chosen.Count == 0
                ? "The failures queue holds nothing to redrive."
                : $"Redrove {Terminal.Number(taken)} of {Terminal.Number(chosen.Count)} batches.");
            if (functionName is null && others.Count > 0)
            {
                context.Terminal.Note($"{Terminal.Number(others.Count)} messages in the queue are not Lambda's records of a Kinesis batch; they were left there.");
            }

            return taken == chosen.Count;
        }
        finally
        {
            await queue.ReleaseAsync(open);
        }
    }

    private async Task<int> DeliverAsync(List<FailureMessage> failures, HashSet<string> open, CancellationToken cancellationToken)
    {
        var taken = 0;
        var kept = context.Clock.GetTimestamp();
        foreach (var failure in failures)
        {
            if (context.Clock.GetElapsedTime(kept) > KeepEvery)
            {
                await queue.KeepAsync(open, cancellationToken);
                kept = context.Clock.GetTimestamp();
            }

            if (await DeliverAsync(failure, cancellationToken) is { } error)
            {
                context.Terminal.Out.WriteLine($"{failure.Id}  {failure.FunctionName}: stays, as {error}");
                continue;
            }

            await queue.DeleteAsync(failure, cancellationToken);
            open.Remove(failure.ReceiptHandle);
            taken++;
            context.Terminal.Out.WriteLine($"{failure.Id}  {failure.FunctionName}: took {Terminal.Number(failure.Range.Count)} records of {failure.Range.ShardId}");
        }

        return taken;
    }

    /// <returns>Why the function did not take the records; null when it did.</returns>
    private async Task<string?> DeliverAsync(FailureMessage failure, CancellationToken cancellationToken)
    {
        if (failure.Range.Count == 0)
        {
            return "it was the final invocation of a tumbling window, which has no records to deliver again";
        }

        if (!pipeline.Functions.Values.Contains(failure.FunctionName, StringComparer.Ordinal))
        {
            return $"{pipeline.Title} has no such function";
        }

        var found = await records.FetchAsync(failure.Range, cancellationToken);
        if (found.Missing > 0)
        {
            return $"{Terminal.Number(found.Missing)} of its {Terminal.Number(failure.Range.Count)} records are neither in the stream nor in the archive any more";
        }

        var delivery = new RecordDelivery(
            (payload, token) => RemoteFunction.InvokeAsync(pipeline, failure.FunctionName, payload, token), failure.Range.StreamArn, context.Clock);
        return (await delivery.DeliverAsync(found.Records, cancellationToken)).Error;
    }
}
