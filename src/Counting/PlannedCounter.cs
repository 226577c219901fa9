using Analytics.Events.Definitions;

namespace Analytics.Counting;

/// <summary>A definition with values derived from it.</summary>
/// <param name="definition">The definition.</param>
/// <param name="hash">The hash of the members that determine the meaning of its numbers.</param>
internal sealed class PlannedCounter(CounterDefinition definition, string hash)
{
    public CounterDefinition Definition { get; } = definition;

    public string Hash { get; } = hash;

    /// <summary>The windows, the shortest first. Longer ones are sums of the shortest.</summary>
    public CounterWindow[] Windows { get; } = [.. definition.Windows.Order()];

    /// <summary>The window used in folds.</summary>
    public CounterWindow Shortest => Windows[0];

    /// <summary>The maximum number of values per window.</summary>
    public int Limit => Definition.By.Count > 0 ? Definition.Limit : 1;

    /// <summary>
    /// Returns the expiry of a window written at <paramref name="now"/>: never in the past, however late its events are. The time is rounded up to a day,
    /// so that it does not change with every write of late events.
    /// </summary>
    public DateTimeOffset GetExpiry(CounterWindow window, long startTicks, DateTimeOffset now)
    {
        var end = Math.Max(startTicks + window.GetLength().Ticks, now.UtcTicks);
        var days = (end + TimeSpan.TicksPerDay - 1) / TimeSpan.TicksPerDay;
        return new DateTimeOffset(days * TimeSpan.TicksPerDay, TimeSpan.Zero) + Definition.Retention;
    }
}
