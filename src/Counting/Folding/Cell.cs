using Analytics.Counting.Keys;
using Analytics.Counting.Partials;
using Analytics.Events;
using Analytics.Events.Definitions;

namespace Analytics.Counting.Folding;

/// <summary>What a fold holds of one counter, window, start and value.</summary>
internal sealed class Cell(FoldedValue value, CounterWindow window, long startTicks)
{
    private const int NoRecord = -1;

    private LastText? _lastText;

    public FoldedValue Value { get; } = value;

    public CounterWindow Window { get; } = window;

    public long StartTicks => startTicks;

    public DateTimeOffset Start => new(startTicks, TimeSpan.Zero);

    /// <summary>What the records came to.</summary>
    public Partial Partial { get; private set; } = new();

    /// <summary>The first record that contributed, by its place in the batch.</summary>
    public int First { get; private set; } = NoRecord;

    /// <summary>The last record that contributed.</summary>
    public int Last { get; private set; } = NoRecord;

    /// <summary>Whether no record contributed; only after <see cref="Restart"/>.</summary>
    public bool IsEmpty => Last == NoRecord;

    /// <summary>The first record that counts when the batch is folded again.</summary>
    public int From { get; private set; } = int.MaxValue;

    public string PartitionKey(string counter) => CounterKeys.Partition(counter, Window, Start);

    public void Touch(int record)
    {
        First = First == NoRecord ? record : First;
        Last = record;
    }

    public void TakeLast(EventText text, DateTimeOffset arrival) => (_lastText ??= new LastText()).Take(text, arrival);

    /// <summary>Forgets what it holds, to be folded again from a record on.</summary>
    public void Restart(int from)
    {
        From = from;
        (First, Last) = (NoRecord, NoRecord);
        Partial = new Partial();
        _lastText = null;
    }

    /// <summary>Takes nothing when the batch is folded again.</summary>
    public void Settle() => From = int.MaxValue;

    /// <summary>Makes the partial whole, at the end of the fold.</summary>
    public Partial Complete()
    {
        if (_lastText is not null)
        {
            Partial.Last = _lastText.ToString();
            Partial.LastAt = _lastText.At;
        }

        return Partial;
    }
}
