using Analytics.Counting.Folding;
using Analytics.Counting.Keys;
using Analytics.Counting.Tallies;
using Analytics.Events;
using Analytics.Events.Definitions;

namespace Analytics.Counting;

/// <summary>
/// Recounts events in memory: with the same fold, without shards, limits and deliveries. For audits, which
/// compare it with the values read by <see cref="CounterReader"/>; see <see cref="CounterAudit"/>.
/// </summary>
/// <param name="plan">The plan.</param>
public sealed class CounterRecount(CounterPlan plan)
{
    private readonly CellTable _cells = new(plan);

    /// <summary>Adds an event.</summary>
    /// <param name="event">The event.</param>
    /// <param name="arrival">The arrival time in Kinesis.</param>
    public void Add(in Event @event, DateTimeOffset arrival) => _cells.Add(@event, arrival);

    /// <summary>Adds the events in a Kinesis record's bytes, or in an archive line's <c>original_data</c>.</summary>
    /// <param name="data">The bytes.</param>
    /// <param name="arrival">The arrival time in Kinesis.</param>
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

    /// <summary>Gets the unused values.</summary>
    public IReadOnlyList<UnusedValues> GetUnused() => _cells.GetUnused();

    /// <summary>Returns the counted values by counter, window, start and key.</summary>
    public IReadOnlyList<CounterValue> Values()
    {
        var tallies = new Dictionary<(PlannedCounter Counter, WindowKey Window, string Value), Tally>();
        foreach (var cell in _cells.Cells)
        {
            var counter = plan.Counters[cell.Value.Counter];
            foreach (var window in counter.Windows)
            {
                var key = new WindowKey(counter.Definition.Name, window, window.GetStart(cell.StartTicks), counter.Hash);
                if (!tallies.TryGetValue((counter, key, cell.Value.Encoded), out var tally))
                {
                    tallies.Add((counter, key, cell.Value.Encoded), tally = new Tally());
                }

                tally.Merge(cell.Complete());
            }
        }

        var values = tallies.Select(one => CounterValue.Create(one.Key.Window, one.Key.Value, one.Value, one.Key.Counter.Definition.Measure, isComplete: true)).ToList();
        values.Sort(CounterValueOrder.Instance);
        return values;
    }
}
