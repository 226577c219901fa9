using Analytics.Counting.Tallies;
using Analytics.Events;

namespace Analytics.Counting.Folding;

/// <summary>The numbers of a fold for one counter, window and value.</summary>
internal sealed class Cell(FoldedValue value, long startTicks)
{
    private readonly Tally _tally = new();
    private LastText? _lastText;

    public FoldedValue Value { get; } = value;

    /// <summary>The start of the window, which has the counter's shortest length.</summary>
    public long StartTicks => startTicks;

    /// <summary>The numbers, which are complete after <see cref="Complete"/> was called.</summary>
    public Tally Tally => _tally;

    public void TakeLast(EventText text, DateTimeOffset arrival) => (_lastText ??= new LastText()).Take(text, arrival);

    /// <summary>Completes the numbers at the end of the fold.</summary>
    public Tally Complete()
    {
        if (_lastText is not null)
        {
            _tally.Last = _lastText.ToString();
            _tally.LastAt = _lastText.At;
        }

        return _tally;
    }
}
