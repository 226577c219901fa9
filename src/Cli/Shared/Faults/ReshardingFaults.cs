using Analytics.Local.Faults;

namespace Analytics.Cli.Shared.Faults;

/// <summary>Splits and merges shards as the faults specify, and records each.</summary>
/// <param name="resharding">Splits and merges shards.</param>
/// <param name="injector">The planned faults; records the injected ones.</param>
internal sealed class ReshardingFaults(Resharding resharding, FaultInjector injector)
{
    private readonly ReshardingPlan _plan = new(injector.Spec[FaultKind.Split], injector.Spec[FaultKind.Merge]);

    /// <summary>Whether all splits and merges are done.</summary>
    public bool IsDone => _plan.IsDone;

    /// <summary>Performs the splits and merges that are due.</summary>
    /// <param name="done">The completed amount of the work over which the faults are spread.</param>
    /// <param name="total">The total amount.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async Task CatchUpAsync(long done, long total, CancellationToken cancellationToken)
    {
        foreach (var kind in _plan.Due(done, total))
        {
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
    }
}
