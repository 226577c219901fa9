using Analytics.Local.Faults;

namespace Analytics.Cli.Shared.Faults;

/// <summary>The schedule of splits and merges: alternating, evenly over the work, so that the number of shards stays about the same.</summary>
internal sealed class ReshardingPlan
{
    private readonly List<FaultKind> _order = [];
    private int _next;

    /// <summary>Creates the plan.</summary>
    /// <param name="splits">Number of splits.</param>
    /// <param name="merges">Number of merges.</param>
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

    /// <summary>Whether all splits and merges were returned.</summary>
    public bool IsDone => _next == _order.Count;

    /// <summary>Returns the splits and merges that are due, each once.</summary>
    /// <param name="done">The completed amount.</param>
    /// <param name="total">The total amount.</param>
    public IEnumerable<FaultKind> Due(long done, long total)
    {
        while (!IsDone && done >= (_next + 1) * total / (_order.Count + 1))
        {
            yield return _order[_next++];
        }
    }
}
