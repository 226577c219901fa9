using Analytics.Counting.Keys;
using Analytics.Counting.RollingUp;
using Analytics.Counting.Tallies;

namespace Analytics.Counting.Auditing;

/// <summary>The expected content of a window: the sum of its links.</summary>
internal sealed class WindowExpectation(WindowKey key)
{
    public WindowKey Key => key;

    public Dictionary<string, Tally> Values { get; } = new(StringComparer.Ordinal);

    /// <summary>The counter in each of the definitions that links were computed with: limits and retention may differ.</summary>
    public List<PlannedCounter> Counters { get; } = [];

    public HashSet<string> Definitions { get; } = new(StringComparer.Ordinal);

    public SortedSet<string> Bounds { get; } = new(StringComparer.Ordinal);

    /// <summary>The time when its last link was written.</summary>
    public DateTimeOffset LastWritten { get; private set; }

    public void Add(Increment increment)
    {
        Counters.AddRange(increment.Counters.Values);
        Definitions.UnionWith(increment.Counters.Keys);
        Bounds.UnionWith(increment.Bounds);
        LastWritten = increment.LastWritten > LastWritten ? increment.LastWritten : LastWritten;
        foreach (var (value, tally) in increment.Values)
        {
            if (!Values.TryGetValue(value, out var there))
            {
                Values.Add(value, there = new Tally());
            }

            there.Merge(tally);
        }
    }
}
