using Analytics.Counting.Deltas;
using Analytics.Counting.Keys;
using Analytics.Counting.Windows;
using Analytics.Events.Definitions;

namespace Analytics.Counting.Reading;

/// <summary>A cache of windows, so that a polling reader reads only windows that were rolled up since the last read.</summary>
internal sealed class WindowCache
{
    private readonly Dictionary<(string Counter, CounterWindow Window), Span> _spans = [];

    /// <summary>Clears the cache.</summary>
    public void Clear() => _spans.Clear();

    /// <summary>Marks the windows of cells as rolled up since they were read.</summary>
    public void Invalidate(List<DeltaCell> cells)
    {
        foreach (var cell in cells)
        {
            foreach (var window in cell.Counter.Windows)
            {
                if (_spans.TryGetValue((cell.Counter.Definition.Name, window), out var span))
                {
                    var key = new WindowKey(cell.Counter.Definition.Name, window, window.GetStart(cell.StartTicks), cell.Counter.Hash);
                    _ = span.Stale.Add(key);
                }
            }
        }
    }

    /// <summary>Reads the windows of a counter that start in a time range.</summary>
    public async Task<List<CounterWindowState>> GetAsync(
        WindowReader reader, string counter, CounterWindow window, long firstTicks, long lastTicks, CancellationToken cancellationToken)
    {
        if (!_spans.TryGetValue((counter, window), out var span) || firstTicks < span.First || firstTicks > span.Last)
        {
            span = new Span { First = firstTicks, Last = firstTicks - 1 };
        }

        // Added only after everything is read, so that a failed read leaves no partial state.
        _ = _spans.Remove((counter, window));
        foreach (var key in span.Stale.Where(key => key.StartTicks <= span.Last))
        {
            if (await reader.ReadAsync(key, cancellationToken).ConfigureAwait(false) is { } state)
            {
                span.Windows[key] = state;
            }
        }

        span.Stale.Clear();
        for (var start = Math.Max(firstTicks, span.Last + 1); start <= lastTicks;)
        {
            var next = CounterKeys.GetNextPartition(window, start);
            var partition = CounterKeys.GetPartition(counter, window, start);
            foreach (var state in await reader.ReadAsync(partition, start, Math.Min(lastTicks, next - 1), cancellationToken).ConfigureAwait(false))
            {
                span.Windows[state.Key] = state;
            }

            start = next;
        }

        foreach (var key in span.Windows.Keys.Where(key => key.StartTicks < firstTicks).ToList())
        {
            _ = span.Windows.Remove(key);
        }

        (span.First, span.Last) = (firstTicks, Math.Max(lastTicks, span.Last));
        _spans[(counter, window)] = span;
        return [.. span.Windows.Values.Where(state => state.Key.StartTicks <= lastTicks)];
    }

    /// <summary>The windows of a counter between two start times.</summary>
    private sealed class Span
    {
        public long First { get; set; }

        public long Last { get; set; }

        public Dictionary<WindowKey, CounterWindowState> Windows { get; } = [];

        public HashSet<WindowKey> Stale { get; } = [];
    }
}
