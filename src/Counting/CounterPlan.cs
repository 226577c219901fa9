using Analytics.Events;
using Analytics.Events.Definitions;
using Analytics.Streaming;

namespace Analytics.Counting;

/// <summary>What to count, how events are read and which of their times are believed: all that counting needs, and that never changes.</summary>
public sealed class CounterPlan
{
    /// <summary>Makes a plan.</summary>
    /// <param name="definitions">The counters.</param>
    /// <param name="reader">Reads a batch's records again where a redelivery makes that necessary.</param>
    /// <param name="bounds">Which event times are believed.</param>
    public CounterPlan(Definitions definitions, EventReader reader, EventTimeBounds bounds)
        : this(definitions, reader, bounds, AllowanceRule.Default)
    {
    }

    internal CounterPlan(Definitions definitions, EventReader reader, EventTimeBounds bounds, AllowanceRule allowances)
    {
        ArgumentNullException.ThrowIfNull(definitions);
        Reader = reader;
        Bounds = bounds;
        Counters = [.. definitions.Counters.Select(definition => new PlannedCounter(definition, allowances))];
    }

    internal EventReader Reader { get; }

    internal EventTimeBounds Bounds { get; }

    internal PlannedCounter[] Counters { get; }
}
