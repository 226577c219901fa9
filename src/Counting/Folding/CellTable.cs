using Analytics.Counting.Keys;
using Analytics.Counting.Partials;
using Analytics.Counting.Sketches;
using Analytics.Events;
using Analytics.Events.Definitions;
using Analytics.Streaming;

namespace Analytics.Counting.Folding;

/// <summary>
/// Folds events into cells. One pass over the counters an event; a value that was met before is found by its bytes, and its cell by the
/// window in which it was met last.
/// </summary>
internal sealed class CellTable
{
    private readonly CounterPlan _plan;
    private readonly Dictionary<byte[], FoldedValue>.AlternateLookup<ReadOnlySpan<byte>>[] _values;
    private readonly Dictionary<CellKey, Cell> _cells = [];
    private readonly CanonicalValue _canonical = new();
    private readonly Func<Cell, bool>? _takes;
    private bool _again;

    /// <summary>Makes an empty table.</summary>
    /// <param name="plan">What to count.</param>
    /// <param name="takes">Whether a cell takes the event at hand; null for always.</param>
    public CellTable(CounterPlan plan, Func<Cell, bool>? takes = null)
    {
        _plan = plan;
        _takes = takes;
        var comparer = new Utf8Comparer();
        _values = [.. plan.Counters.Select(_ => new Dictionary<byte[], FoldedValue>(comparer).GetAlternateLookup<ReadOnlySpan<byte>>())];
    }

    /// <summary>The cells, by no order.</summary>
    public Dictionary<CellKey, Cell>.ValueCollection Cells => _cells.Values;

    /// <summary>From now on only cells that were restarted take anything, and no cell is added.</summary>
    public void FoldAgain() => _again = true;

    /// <summary>Adds an event to all the cells that it belongs to.</summary>
    /// <param name="event">The event.</param>
    /// <param name="record">Its record's place in the batch.</param>
    /// <param name="arrival">When it arrived.</param>
    public void Add(in Event @event, int record, DateTimeOffset arrival)
    {
        var ticks = 0L;
        for (var index = 0; index < _plan.Counters.Length; index++)
        {
            var definition = _plan.Counters[index].Definition;
            if (!definition.Pattern.Matches(@event) || !TryMeasure(definition, @event, out var contribution))
            {
                continue;
            }

            if (ticks == 0)
            {
                ticks = _plan.Bounds.Resolve(@event, arrival).Value.UtcTicks;
            }

            var value = ValueOf(index, definition.By, @event);
            for (var window = 0; window < value.LastCells.Length; window++)
            {
                var cell = CellOf(value, window, ticks);
                if ((!_again || record >= cell.From) && (_takes is null || _takes(cell)))
                {
                    cell.Touch(record);
                    Contribute(cell, definition, contribution);
                    TakeLast(cell, definition, @event, arrival);
                }
            }
        }
    }

    private static bool TryMeasure(CounterDefinition definition, in Event @event, out Contribution contribution)
    {
        contribution = default;
        switch (definition.Measure)
        {
            case Measure.Count:
                return true;
            case Measure.Rate:
                contribution = new Contribution { Sum = new ExactNumber(definition.Where!.Matches(@event) ? 1_000_000_000 : 0, 0) };
                return true;
            case Measure.Distinct:
                var text = definition.Field!.Text(@event);
                contribution = new Contribution { Hash = text.IsPresent ? HashOf(text) : 0 };
                return text.IsPresent;
            default:
                if (!definition.Field!.TryGetNumber(@event, out var number))
                {
                    return false;
                }

                var isSummed = definition.Measure is Measure.Sum or Measure.Average;
                ExactNumber exact = default;
                if (isSummed && !ExactNumber.TryOf(number, out exact))
                {
                    return false;
                }

                contribution = new Contribution { Number = number, Sum = exact };
                return true;
        }
    }

    private static ulong HashOf(EventText text)
    {
        Span<byte> stack = stackalloc byte[512];
        if (text.TryCopyTo(stack, out var written))
        {
            return XxHash64.Of(stack[..written]);
        }

        var whole = new byte[text.MaxLength];
        _ = text.TryCopyTo(whole, out written);
        return XxHash64.Of(whole.AsSpan(0, written));
    }

    private static void Contribute(Cell cell, CounterDefinition definition, in Contribution contribution)
    {
        var partial = cell.Partial;
        partial.Count++;
        switch (definition.Measure)
        {
            case Measure.Sum or Measure.Average or Measure.Rate:
                partial.Sum = (partial.Sum ?? default) + contribution.Sum;
                break;
            case Measure.Min:
                partial.Min = partial.Min <= contribution.Number ? partial.Min : contribution.Number;
                break;
            case Measure.Max:
                partial.Max = partial.Max >= contribution.Number ? partial.Max : contribution.Number;
                break;
            case Measure.Distinct:
                (partial.Distinct ??= new DistinctSketch()).Add(contribution.Hash);
                break;
            case Measure.Percentiles:
                (partial.Percentiles ??= new PercentileSketch()).Add(contribution.Number);
                break;
        }
    }

    private static void TakeLast(Cell cell, CounterDefinition definition, in Event @event, DateTimeOffset arrival)
    {
        if (definition.Last is null)
        {
            return;
        }

        var text = definition.Last.Text(@event);
        if (text.IsPresent)
        {
            cell.TakeLast(text, arrival);
        }
    }

    private FoldedValue ValueOf(int counter, IReadOnlyList<FieldPath> by, in Event @event)
    {
        var canonical = _canonical.Of(by, @event);
        if (!_values[counter].TryGetValue(canonical, out var value))
        {
            value = new FoldedValue(counter, canonical.ToArray(), _plan.Counters[counter].Windows.Length);
            _values[counter][canonical] = value;
        }

        return value;
    }

    private Cell CellOf(FoldedValue value, int windowIndex, long ticks)
    {
        var window = _plan.Counters[value.Counter].Windows[windowIndex];
        var start = WindowTimes.StartOf(window, ticks);
        if (value.LastCells[windowIndex] is { } last && last.StartTicks == start)
        {
            return last;
        }

        var key = new CellKey(value, window, start);
        if (!_cells.TryGetValue(key, out var cell))
        {
            cell = new Cell(value, window, start);
            _cells.Add(key, cell);
        }

        value.LastCells[windowIndex] = cell;
        return cell;
    }

    /// <summary>What one event gives to each of a counter's windows.</summary>
    private readonly struct Contribution
    {
        public decimal Number { get; init; }

        public ExactNumber Sum { get; init; }

        public ulong Hash { get; init; }
    }
}

/// <summary>By what a cell is found again.</summary>
internal readonly record struct CellKey(FoldedValue Value, CounterWindow Window, long StartTicks);
