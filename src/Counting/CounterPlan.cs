using Analytics.Counting.Keys;
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
    {
        ArgumentNullException.ThrowIfNull(definitions);
        Reader = reader;
        Bounds = bounds;
        Counters = [.. definitions.Counters.Select(definition => new PlannedCounter(definition))];
    }

    internal EventReader Reader { get; }

    internal EventTimeBounds Bounds { get; }

    internal PlannedCounter[] Counters { get; }
}

/// <summary>A definition with what follows from it.</summary>
internal sealed class PlannedCounter
{
    /// <summary>The limit below which environments admit no values on their own, so that the limit is met exactly.</summary>
    private const int LeastLimitWithAllowance = 1000;

    /// <summary>The environments that may run at once: one a shard, for up to this many shards.</summary>
    private const int Environments = 16;

    public PlannedCounter(CounterDefinition definition)
    {
        Definition = definition;
        Windows = [.. definition.Windows];
        Allowance = definition.Limit >= LeastLimitWithAllowance ? definition.Limit / (2 * Environments) : 0;
        SharedCapacity = definition.Limit - (Environments * Allowance);
    }

    public CounterDefinition Definition { get; }

    public CounterWindow[] Windows { get; }

    /// <summary>Whether its values come from producers, so that they have to be bounded.</summary>
    public bool IsLimited => Definition.By.Count > 0;

    /// <summary>Whether a partial can be added to without knowing it: not where it is a minimum, a maximum or a sketch.</summary>
    public bool IsAdditive => Definition.Measure is Measure.Count or Measure.Sum or Measure.Average or Measure.Rate;

    /// <summary>The values of a window that an environment may admit on its own.</summary>
    public int Allowance { get; }

    /// <summary>The values of a window that the list which all shards share may hold: with 16 environments' allowances that is the limit.</summary>
    public int SharedCapacity { get; }

    /// <summary>When a partial written at <paramref name="now"/> expires: never in the past, however late its events.</summary>
    public DateTimeOffset ExpiryOf(CounterWindow window, DateTimeOffset start, DateTimeOffset now)
    {
        var end = WindowTimes.EndOf(window, start);
        return (end > now ? end : now) + Definition.Retention;
    }
}
