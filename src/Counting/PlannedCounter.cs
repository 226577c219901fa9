using Analytics.Counting.Keys;
using Analytics.Events.Definitions;

namespace Analytics.Counting;

/// <summary>A definition with what follows from it.</summary>
/// <param name="definition">The definition.</param>
/// <param name="hash">The hash of those of its members that decide what its numbers mean.</param>
internal sealed class PlannedCounter(CounterDefinition definition, string hash)
{
    public CounterDefinition Definition { get; } = definition;

    public string Hash { get; } = hash;

    /// <summary>The windows, the shortest first. Longer ones are sums of it: minutes make up hours, and hours days.</summary>
    public CounterWindow[] Windows { get; } = [.. definition.Windows.Order()];

    /// <summary>The window that events are folded in.</summary>
    public CounterWindow Shortest => Windows[0];

    /// <summary>The most values of a window.</summary>
    public int Limit => Definition.By.Count > 0 ? Definition.Limit : 1;

    /// <summary>
    /// When a window written at <paramref name="now"/> expires: never in the past, however late its events. The time is rounded up to a day,
    /// so that late events do not move it with every write.
    /// </summary>
    public DateTimeOffset GetExpiry(CounterWindow window, long startTicks, DateTimeOffset now)
    {
        var end = Math.Max(startTicks + WindowTimes.LengthInTicks(window), now.UtcTicks);
        var days = (end + TimeSpan.TicksPerDay - 1) / TimeSpan.TicksPerDay;
        return new DateTimeOffset(days * TimeSpan.TicksPerDay, TimeSpan.Zero) + Definition.Retention;
    }
}
