using Analytics.Local.Faults;

namespace Analytics.Cli.Shared.Faults;

/// <summary>Splits and merges shards as often as the faults ask for, and notes each.</summary>
/// <param name="resharding">Splits and merges.</param>
/// <param name="injector">Says how often, and is told.</param>
internal sealed class ReshardingFaults(Resharding resharding, FaultInjector injector)
{
    private readonly ReshardingPlan _plan = new(injector.Spec[FaultKind.Split], injector.Spec[FaultKind.Merge]);

    /// <summary>Whether none is left.</summary>
    public bool IsDone => _plan.IsDone;

    /// <summary>Does what is due.</summary>
    /// <param name="done">How much is done of what the faults are spread over.</param>
    /// <param name="total">How much that is.</param>
    /// <param name="cancellationToken">Ends it.</param>
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
