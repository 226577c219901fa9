using Analytics.Counting.Folding;
using Analytics.Events;

namespace Analytics.Counting;

/// <summary>
/// Counts events in memory, as the counters should have come to: the same fold, without shards, limits and deliveries. For an audit, which
/// compares it with what <see cref="CounterReader"/> reads; see <see cref="CounterAudit"/>.
/// </summary>
/// <param name="plan">What to count.</param>
public sealed class CounterRecount(CounterPlan plan)
{
    private readonly CellTable _cells = new(plan);
    private int _records;

    /// <summary>Adds an event.</summary>
    /// <param name="event">The event.</param>
    /// <param name="arrival">When Kinesis took it in.</param>
    public void Add(in Event @event, DateTimeOffset arrival) => _cells.Add(@event, _records++, arrival);

    /// <summary>Adds the events in a Kinesis record's bytes, or in an archive line's <c>original_data</c>.</summary>
    /// <param name="data">The bytes.</param>
    /// <param name="arrival">When Kinesis took them in.</param>
    public void Add(ReadOnlyMemory<byte> data, DateTimeOffset arrival)
    {
        foreach (ref readonly var user in plan.Reader.Read(data))
        {
            if (user.IsEvent)
            {
                Add(user.Event, arrival);
            }
        }
    }

    /// <summary>What was counted; by counter, window, start and key.</summary>
    public IReadOnlyList<CounterValue> Values()
    {
        var values = new List<CounterValue>(_cells.Cells.Count);
        foreach (var cell in _cells.Cells)
        {
            var definition = plan.Counters[cell.Value.Counter].Definition;
            values.Add(CounterValue.Of(
                definition.Name, cell.Window, cell.Start, cell.Value.Encoded, cell.Complete(), definition.Measure));
        }

        values.Sort(CounterValueOrder.Instance);
        return values;
    }
}
