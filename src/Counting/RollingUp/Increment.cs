using Analytics.Counting.Chain;
using Analytics.Counting.Deltas;
using Analytics.Counting.Keys;
using Analytics.Counting.Tallies;
using Analytics.Events.Definitions;

namespace Analytics.Counting.RollingUp;

/// <summary>The contribution of a generation's links to a window: its values in stream order.</summary>
/// <remarks>
/// A window's limit admits values in stream order: by generation, then by shard identifier, then by the order of records in the
/// shard.
/// </remarks>
internal sealed class Increment
{
    /// <summary>The numbers by value, in the order of first occurrence.</summary>
    public Dictionary<string, Tally> Values { get; } = new(StringComparer.Ordinal);

    /// <summary>The counter in the definitions of the last link.</summary>
    public PlannedCounter? Counter { get; private set; }

    /// <summary>The hash of the definitions of the last link.</summary>
    public string Definitions { get; private set; } = "";

    /// <summary>The counter by the definitions of each link, by their hashes.</summary>
    public Dictionary<string, PlannedCounter> Counters { get; } = new(StringComparer.Ordinal);

    /// <summary>The time when the last link was written.</summary>
    public DateTimeOffset LastWritten { get; private set; }

    public HashSet<string> Bounds { get; } = new(StringComparer.Ordinal);

    /// <summary>Adds a link's cells to their windows.</summary>
    public static void Add(Dictionary<WindowKey, Increment> increments, Link link, List<DeltaCell> cells) =>
        Add(increments, link.Definitions, link.Bounds, link.Written, cells);

    /// <summary>Adds cells that were computed with the given definitions and bounds to their windows.</summary>
    public static void Add(
        Dictionary<WindowKey, Increment> increments, string definitions, string bounds, DateTimeOffset written, IEnumerable<DeltaCell> cells)
    {
        foreach (var cell in cells)
        {
            foreach (var window in cell.Counter.Windows)
            {
                var key = new WindowKey(cell.Counter.Definition.Name, window, window.GetStart(cell.StartTicks), cell.Counter.Hash);
                if (!increments.TryGetValue(key, out var increment))
                {
                    increments.Add(key, increment = new Increment());
                }

                increment.Take(cell, definitions, bounds, written);
            }
        }
    }

    private void Take(in DeltaCell cell, string definitions, string bounds, DateTimeOffset written)
    {
        if (Definitions != definitions)
        {
            (Counter, Definitions) = (cell.Counter, definitions);
            Counters[definitions] = cell.Counter;
        }

        LastWritten = written > LastWritten ? written : LastWritten;
        _ = Bounds.Add(bounds);
        if (!Values.TryGetValue(cell.Value, out var tally))
        {
            Values.Add(cell.Value, tally = new Tally());
        }

        tally.Merge(cell.Tally);
    }
}
