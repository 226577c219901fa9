using Analytics.Cli.Shared.Faults;
using Analytics.Cli.Shared.Sending;

namespace Analytics.Cli.Run;

/// <summary>Splits and merges shards of the stream between requests, spread evenly over the events sent.</summary>
/// <param name="sink">The stream.</param>
/// <param name="resharding">Splits and merges shards.</param>
/// <param name="events">Number of events to send.</param>
internal sealed class ReshardingSink(IRecordSink sink, ReshardingFaults resharding, long events) : IRecordSink
{
    private long _sent;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<PutOutcome>> PutAsync(IReadOnlyList<OutgoingRecord> batch, CancellationToken cancellationToken)
    {
        await resharding.CatchUpAsync(_sent, events, cancellationToken);
        var outcomes = await sink.PutAsync(batch, cancellationToken);
        _sent += batch.Zip(outcomes).Sum(one => one.Second.IsAccepted ? one.First.UserRecords : 0);
        return outcomes;
    }
}
