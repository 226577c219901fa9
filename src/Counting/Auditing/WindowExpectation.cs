using Analytics.Counting.Keys;
using Analytics.Counting.RollingUp;
using Analytics.Counting.Tallies;

namespace Analytics.Counting.Auditing;

/// <summary>What a window should hold: all that links added to it.</summary>
internal sealed class WindowExpectation(WindowKey key)
{
    public WindowKey Key => key;

    public Dictionary<string, Tally> Values { get; } = new(StringComparer.Ordinal);

    /// <summary>The counter as each of the definitions has it by which links were made: their limits and retention may differ.</summary>
    public List<PlannedCounter> Counters { get; } = [];

    public HashSet<string> Definitions { get; } = new(StringComparer.Ordinal);

    public SortedSet<string> Bounds { get; } = new(StringComparer.Ordinal);

    /// <summary>When the last link that adds to it was written.</summary>
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
