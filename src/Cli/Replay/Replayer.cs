using Analytics.Cli.Shared.Commands;
using Analytics.Cli.Shared.Output;
using Analytics.Cli.Shared.Redelivery;

namespace Analytics.Cli.Replay;

/// <summary>Feeds past records through functions again.</summary>
/// <param name="state">How far it came before.</param>
/// <param name="delivery">Makes the delivery to a function.</param>
internal sealed class Replayer(ReplayState state, Func<string, RecordDelivery> delivery)
{
    /// <summary>Feeds the records to a function.</summary>
    /// <param name="function">The function's name.</param>
    /// <param name="records">The records; those of a shard in its order.</param>
    /// <param name="progress">Takes the number of records so far.</param>
    /// <param name="cancellationToken">Ends it; what was delivered is noted.</param>
    /// <exception cref="UserException">The function does not take a record.</exception>
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
                throw new UserException($"{function} did not take record {batch[result.Delivered].SequenceNumber} of {batch[0].ShardId}: {error}. {Terminal.Number(delivered)} records were replayed to it; the same command goes on from here.");
            }

            batch.Clear();
        }
    }
}

/// <summary>What a replay to a function came to.</summary>
/// <param name="Function">The function's name.</param>
/// <param name="Delivered">The records that it took.</param>
/// <param name="Before">The records that it had taken before the replay was stopped and went on.</param>
/// <param name="Invocations">The invocations.</param>
internal readonly record struct ReplayResult(string Function, long Delivered, long Before, int Invocations);
