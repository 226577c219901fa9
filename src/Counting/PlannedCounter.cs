using Analytics.Counting.Keys;
using Analytics.Events.Definitions;

namespace Analytics.Counting;

/// <summary>A definition with what follows from it.</summary>
internal sealed class PlannedCounter
{
    public PlannedCounter(CounterDefinition definition, AllowanceRule allowances)
    {
        Definition = definition;
        Windows = [.. definition.Windows];
        Allowance = allowances.AllowanceOf(definition.Limit);
        SharedCapacity = definition.Limit - (allowances.Environments * Allowance);
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
