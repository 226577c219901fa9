using Analytics.Counting.Storage;
using Analytics.Events.Definitions;

namespace Analytics.Counting.Keys;

/// <summary>A window of a counter with a definition. Different definitions have different windows.</summary>
/// <param name="Counter">The counter's name.</param>
/// <param name="Window">The window's length.</param>
/// <param name="StartTicks">The window's start, in UTC ticks.</param>
/// <param name="Definition">The hash of the counter's definition.</param>
internal sealed record WindowKey(string Counter, CounterWindow Window, long StartTicks, string Definition)
{
    public DateTimeOffset Start => new(StartTicks, TimeSpan.Zero);

    public DateTimeOffset End => new(StartTicks + Window.GetLength().Ticks, TimeSpan.Zero);

    /// <summary>The key of the window's head.</summary>
    public ItemKey Head => new(CounterKeys.GetPartition(Counter, Window, StartTicks), CounterKeys.GetHead(StartTicks, Definition));
}
