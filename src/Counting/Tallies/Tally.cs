using System.Text;
using Analytics.Counting.Sketches;

namespace Analytics.Counting.Tallies;

/// <summary>
/// The numbers of events for one counter, window and value. Tallies of different events can be merged.
/// Numbers that a counter does not measure are absent.
/// </summary>
internal sealed class Tally
{
    public long Count { get; set; }

    public ExactNumber? Sum { get; set; }

    public decimal? Min { get; set; }

    public decimal? Max { get; set; }

    public DistinctSketch? Distinct { get; set; }

    public PercentileSketch? Percentiles { get; set; }

    /// <summary>The last text by <see cref="LastAt"/>.</summary>
    public string? Last { get; set; }

    /// <summary>The arrival time of the record with <see cref="Last"/>.</summary>
    public DateTimeOffset LastAt { get; set; }

    /// <summary>Merges another tally.</summary>
    public void Merge(Tally other)
    {
        Count += other.Count;
        Sum = other.Sum is { } sum ? (Sum ?? default) + sum : Sum;
        Min = other.Min is { } min && !(Min <= min) ? min : Min;
        Max = other.Max is { } max && !(Max >= max) ? max : Max;
        if (other.Distinct is not null)
        {
            (Distinct ??= new DistinctSketch()).Merge(other.Distinct);
        }

        if (other.Percentiles is not null)
        {
            (Percentiles ??= new PercentileSketch()).Merge(other.Percentiles);
        }

        if (other.Last is not null)
        {
            TakeLast(other.Last, other.LastAt);
        }
    }

    public Tally Copy()
    {
        var copy = new Tally();
        copy.Merge(this);
        return copy;
    }

    /// <summary>Stores a text if it is later; of two texts with the same time, the greater one by bytes, so that the order of merging does not matter.</summary>
    private void TakeLast(string text, DateTimeOffset at)
    {
        if (Last is null || at > LastAt || (at == LastAt && Encoding.UTF8.GetBytes(text).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(Last)) > 0))
        {
            (Last, LastAt) = (text, at);
        }
    }
}
