using Analytics.Cli.Producing;
using Analytics.Local.Faults;

namespace Analytics.Cli.Running;

/// <summary>Splits and merges shards of the stream between requests, spread evenly over what is sent.</summary>
/// <param name="sink">The stream.</param>
/// <param name="resharding">Splits and merges.</param>
/// <param name="injector">Says how often, and is told.</param>
/// <param name="events">How many events are to be sent.</param>
internal sealed class ReshardingSink(IRecordSink sink, Resharding resharding, FaultInjector injector, long events) : IRecordSink
{
    private readonly List<FaultKind> _order = Order(injector.Spec[FaultKind.Split], injector.Spec[FaultKind.Merge]);
    private long _sent;
    private int _done;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<PutOutcome>> PutAsync(IReadOnlyList<OutgoingRecord> batch, CancellationToken cancellationToken)
    {
        while (_done < _order.Count && _sent >= (_done + 1) * events / (_order.Count + 1))
        {
            var kind = _order[_done++];
            if (kind == FaultKind.Split)
            {
                await resharding.SplitAsync(cancellationToken);
                injector.Injected(kind);
            }
            else if (await resharding.MergeAsync(cancellationToken))
            {
                injector.Injected(kind);
            }
        }

        var outcomes = await sink.PutAsync(batch, cancellationToken);
        _sent += batch.Zip(outcomes).Sum(one => one.Second.IsAccepted ? one.First.UserRecords : 0);
        return outcomes;
    }

    /// <summary>Splits and merges in turn: shards stay about as many.</summary>
    private static List<FaultKind> Order(int splits, int merges)
    {
        var order = new List<FaultKind>();
        while (splits > 0 || merges > 0)
        {
            if (splits-- > 0)
            {
                order.Add(FaultKind.Split);
            }

            if (merges-- > 0)
            {
                order.Add(FaultKind.Merge);
            }
        }

        return order;
    }
}
