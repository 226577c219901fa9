using Analytics.Counting.Chain;
using Analytics.Counting.Deltas;

namespace Analytics.Counting.Reading;

/// <summary>The links of a shard that are not rolled up, as a reader knows them.</summary>
/// <param name="from">The key of the position that they begin at.</param>
internal sealed class ShardTail(string from)
{
    private readonly LinkedList<(Link Link, List<DeltaCell> Cells)> _links = [];

    /// <summary>The key of the position that they begin at.</summary>
    public string From { get; private set; } = from;

    /// <summary>The key of the position after them.</summary>
    public string End { get; private set; } = from;

    public IEnumerable<(Link Link, List<DeltaCell> Cells)> Links => _links;

    /// <summary>The arrival time of their last record, or null if there are none.</summary>
    public DateTimeOffset? LastArrival => _links.Last?.Value.Link.LastArrival;

    public void Add(Link link, List<DeltaCell> cells)
    {
        _links.AddLast((link, cells));
        End = link.End.Key;
    }

    /// <summary>Removes the links before a position.</summary>
    /// <returns>The removed links' cells; null when the tail does not reach from its beginning to the position, so that some are not known.</returns>
    public List<DeltaCell>? AdvanceTo(string position)
    {
        var removed = new List<DeltaCell>();
        while (From != position && _links.First is { } first)
        {
            removed.AddRange(first.Value.Cells);
            From = first.Value.Link.End.Key;
            _links.RemoveFirst();
        }

        return From == position ? removed : null;
    }
}
