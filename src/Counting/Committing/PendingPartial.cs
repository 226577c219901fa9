using Analytics.Counting.Folding;
using Analytics.Counting.Keys;
using Analytics.Counting.Partials;
using Analytics.Streaming;

namespace Analytics.Counting.Committing;

/// <summary>A partial that a batch has to write: one cell's, or those of all cells that count as <see cref="ValueText.Other"/>.</summary>
internal sealed class PendingPartial(PlannedCounter counter, ItemKey key, string value, DateTimeOffset expiry)
{
    public PlannedCounter Counter => counter;

    public ItemKey Key => key;

    /// <summary>The value as it stands in the sort key.</summary>
    public string Value => value;

    public DateTimeOffset Expiry => expiry;

    public List<Cell> Cells { get; } = [];

    /// <summary>What stands in the table, as far as it is known.</summary>
    public StoredPartial? Stored { get; set; }

    /// <summary>Whether the table holds all that the cells have.</summary>
    public bool IsWritten { get; set; }

    /// <summary>Whether the table holds a part of what the cells have, up to <see cref="Stored"/>'s watermark: they have to be folded again from there.</summary>
    public bool IsToBeFoldedAgain { get; set; }

    /// <summary>The first record that the cells have, by its place in the batch.</summary>
    public int First => Cells.Where(cell => !cell.IsEmpty).Min(cell => cell.First);

    /// <summary>The last record that the cells have.</summary>
    public int Last => Cells.Max(cell => cell.Last);

    public bool IsEmpty => Cells.TrueForAll(cell => cell.IsEmpty);

    /// <summary>What the cells hold together.</summary>
    public Partial Partial()
    {
        if (Cells is [var only])
        {
            return only.Complete();
        }

        var partial = new Partial();
        foreach (var cell in Cells)
        {
            partial.Merge(cell.Complete());
        }

        return partial;
    }

    /// <summary>Restarts the cells above what is stored.</summary>
    public void Restart(CounterFold fold)
    {
        var from = Stored?.Watermark is { } watermark ? fold.FirstAbove(watermark) : 0;
        foreach (var cell in Cells)
        {
            cell.Restart(from);
        }

        IsToBeFoldedAgain = false;
    }

    /// <summary>Ends what <see cref="Restart"/> began: the cells take nothing more.</summary>
    public void Settle()
    {
        foreach (var cell in Cells)
        {
            cell.Settle();
        }
    }

    /// <summary>Whether all, or a part, of what the cells have is stored already.</summary>
    public void Compare(CounterFold fold, SequenceNumber watermark)
    {
        IsWritten = watermark >= fold.SequenceNumberAt(Last);
        IsToBeFoldedAgain = !IsWritten && watermark >= fold.SequenceNumberAt(First);
    }
}
