using Analytics.Counting.Sketches;
using Analytics.Counting.Tallies;
using Analytics.Events;
using Analytics.Events.Definitions;
using Analytics.Streaming;

namespace Analytics.Counting.Folding;

/// <summary>
/// Folds events to cells, each counter only in its shortest window. One pass over the counters per event; a known value is
/// found by its bytes, and its cell by its last window.
/// </summary>
internal sealed class CellTable
{
    private readonly CounterPlan _plan;
    private readonly Dictionary<byte[], FoldedValue>.AlternateLookup<ReadOnlySpan<byte>>[] _values;
    private readonly Dictionary<CellKey, Cell> _cells = [];
    private readonly CanonicalValue _canonical = new();
    private readonly UnusedTable _unused;

    /// <summary>Creates an empty table.</summary>
    /// <param name="plan">The plan.</param>
    public CellTable(CounterPlan plan)
    {
        _plan = plan;
        _unused = new UnusedTable(plan.Counters);
        var comparer = new Utf8Comparer();
        _values = [.. plan.Counters.Select(_ => new Dictionary<byte[], FoldedValue>(comparer).GetAlternateLookup<ReadOnlySpan<byte>>())];
    }

    /// <summary>The cells in the order of their first event.</summary>
    public List<Cell> Cells { get; } = [];

    /// <summary>Gets the unused values.</summary>
    public IReadOnlyList<UnusedValues> GetUnused() => _unused.ToList();

    /// <summary>Adds an event to all the cells that it belongs to.</summary>
    /// <param name="event">The event.</param>
    /// <param name="arrival">The arrival time.</param>
    public void Add(in Event @event, DateTimeOffset arrival)
    {
        var ticks = 0L;
        UnusedReason? timeFault = null;
        for (var index = 0; index < _plan.Counters.Length; index++)
        {
            var definition = _plan.Counters[index].Definition;
            if (!definition.Pattern.Matches(@event) || !TryMeasure(index, @event, out var contribution))
            {
                continue;
            }

            if (ticks == 0)
            {
                var time = _plan.Bounds.Resolve(@event, arrival);
                ticks = time.Value.UtcTicks;
                timeFault = GetTimeFault(@event, time);
            }

            if (timeFault is { } fault)
            {
                _unused.Add(index, fault);
            }

            var cell = GetCell(GetValue(index, definition.By, @event), ticks);
            Contribute(cell.Tally, definition, contribution);
            TakeLast(cell, definition, @event, arrival);
        }
    }

    private static UnusedReason? GetTimeFault(in Event @event, EventTime time) =>
        !time.IsArrivalTime || !@event.HasTimestamp ? null
        : @event.Timestamp is null ? UnusedReason.TimeUnreadable
        : UnusedReason.TimeOutOfBounds;

    private bool TryMeasure(int counter, in Event @event, out Contribution contribution)
    {
        var definition = _plan.Counters[counter].Definition;
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
                contribution = new Contribution { Hash = text.IsPresent ? ComputeHash(text) : 0 };
                if (!text.IsPresent && definition.Field.IsStructure(@event))
                {
                    _unused.Add(counter, UnusedReason.NotAScalar);
                }

                return text.IsPresent;
            default:
                var found = definition.Field!.GetNumber(@event, out var number);
                if (found != FieldNumber.Number)
                {
                    _unused.Add(counter, found);
                    return false;
                }

                var isSummed = definition.Measure is Measure.Sum or Measure.Average;
                ExactNumber exact = default;
                if (isSummed && !ExactNumber.TryCreate(number, out exact))
                {
                    _unused.Add(counter, UnusedReason.OutOfRange);
                    return false;
                }

                contribution = new Contribution { Number = number, Sum = exact };
                return true;
        }
    }

    private static ulong ComputeHash(EventText text)
    {
        Span<byte> stack = stackalloc byte[512];
        if (text.TryCopyTo(stack, out var written))
        {
            return XxHash64.Compute(stack[..written]);
        }

        var whole = new byte[text.MaxLength];
        _ = text.TryCopyTo(whole, out written);
        return XxHash64.Compute(whole.AsSpan(0, written));
    }

    private static void Contribute(Tally tally, CounterDefinition definition, in Contribution contribution)
    {
        tally.Count++;
        switch (definition.Measure)
        {
            case Measure.Sum or Measure.Average or Measure.Rate:
                tally.Sum = (tally.Sum ?? default) + contribution.Sum;
                break;
            case Measure.Min:
                tally.Min = tally.Min <= contribution.Number ? tally.Min : contribution.Number;
                break;
            case Measure.Max:
                tally.Max = tally.Max >= contribution.Number ? tally.Max : contribution.Number;
                break;
            case Measure.Distinct:
                (tally.Distinct ??= new DistinctSketch()).Add(contribution.Hash);
                break;
            case Measure.Percentiles:
                (tally.Percentiles ??= new PercentileSketch()).Add(contribution.Number);
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

    private FoldedValue GetValue(int counter, IReadOnlyList<FieldPath> by, in Event @event)
    {
        var canonical = _canonical.Compute(by, @event);
        if (!_values[counter].TryGetValue(canonical, out var value))
        {
            value = new FoldedValue(counter, canonical.ToArray());
            _values[counter][canonical] = value;
        }

        return value;
    }

    private Cell GetCell(FoldedValue value, long ticks)
    {
        var start = _plan.Counters[value.Counter].Shortest.GetStart(ticks);
        if (value.LastCell is { } last && last.StartTicks == start)
        {
            return last;
        }

        var key = new CellKey(value, start);
        if (!_cells.TryGetValue(key, out var cell))
        {
            cell = new Cell(value, start);
            _cells.Add(key, cell);
            Cells.Add(cell);
        }

        value.LastCell = cell;
        return cell;
    }

    /// <summary>The contribution of an event to a counter.</summary>
    private readonly struct Contribution
    {
        public decimal Number { get; init; }

        public ExactNumber Sum { get; init; }

        public ulong Hash { get; init; }
    }

    /// <summary>The key of a cell.</summary>
    private readonly record struct CellKey(FoldedValue Value, long StartTicks);
}
