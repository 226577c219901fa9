using Analytics.Local.Faults;

namespace Analytics.Cli.Shared.Faults;

/// <summary>When shards are split and merged: evenly over what is to be done, in turn, so that there stay about as many.</summary>
internal sealed class ReshardingPlan
{
    private readonly List<FaultKind> _order = [];
    private int _next;

    /// <summary>Plans.</summary>
    /// <param name="splits">How many splits.</param>
    /// <param name="merges">How many merges.</param>
    public ReshardingPlan(int splits, int merges)
    {
        while (splits > 0 || merges > 0)
        {
            if (splits-- > 0)
            {
                _order.Add(FaultKind.Split);
            }

            if (merges-- > 0)
            {
                _order.Add(FaultKind.Merge);
            }
        }
    }

    /// <summary>Whether none is left.</summary>
    public bool IsDone => _next == _order.Count;

    /// <summary>The splits and merges that are due, each once.</summary>
    /// <param name="done">How much is done.</param>
    /// <param name="total">Of how much.</param>
    public IEnumerable<FaultKind> Due(long done, long total)
    {
        while (!IsDone && done >= (_next + 1) * total / (_order.Count + 1))
        {
            yield return _order[_next++];
        }
    }
}
