using Analytics.Cli.Shared.Commands;
using Analytics.Cli.Shared.Output;
using Analytics.Cli.Shared.Redelivery;

namespace Analytics.Cli.Replay;

/// <summary>Sends past records to functions again.</summary>
/// <param name="state">The progress of an earlier run.</param>
/// <param name="delivery">Creates the delivery to a function.</param>
internal sealed class Replayer(ReplayState state, Func<string, RecordDelivery> delivery)
{
    /// <summary>Sends the records to a function.</summary>
    /// <param name="function">The function's name.</param>
    /// <param name="records">The records; those of a shard in order.</param>
    /// <param name="progress">Reports the number of records so far.</param>
    /// <param name="cancellationToken">Cancels the operation; the progress is saved.</param>
    /// <exception cref="UserException">The function fails on a record.</exception>
    public async Task<ReplayResult> RunAsync(
        string function, IAsyncEnumerable<PastRecord> records, IProgress<long> progress, CancellationToken cancellationToken)
    {
        var target = delivery(function);
        var batch = new List<PastRecord>();
        long delivered = 0, before = 0;
        await foreach (var record in records.WithCancellation(cancellationToken))
        {
            if (state.IsDelivered(function, record))
            {
                before++;
                continue;
            }

            if (batch.Count == RecordDelivery.MaxRecords || (batch.Count > 0 && batch[0].ShardId != record.ShardId))
            {
                await DeliverAsync();
            }

            batch.Add(record);
        }

        await DeliverAsync();
        return new ReplayResult(function, delivered, before, target.Invocations);

        async Task DeliverAsync()
        {
            if (batch.Count == 0)
            {
                return;
            }

            var result = await target.DeliverAsync(batch, cancellationToken);
            state.Delivered(function, batch.Take(result.Delivered));
            delivered += result.Delivered;
            progress.Report(delivered);
            if (result.Error is { } error)
            {
                throw new UserException($"{function} failed on record {batch[result.Delivered].SequenceNumber} of {batch[0].ShardId}: {error}. {Terminal.Number(delivered)} records were replayed to it. Run the same command again to resume.");
            }

            batch.Clear();
        }
    }
}

/// <summary>The result of a replay to a function.</summary>
/// <param name="Function">The function's name.</param>
/// <param name="Delivered">Number of records processed.</param>
/// <param name="Before">Number of records processed before the replay was interrupted and resumed.</param>
/// <param name="Invocations">Number of invocations.</param>
internal readonly record struct ReplayResult(string Function, long Delivered, long Before, int Invocations);
