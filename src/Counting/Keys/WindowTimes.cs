using Analytics.Events.Definitions;

namespace Analytics.Counting.Keys;

/// <summary>Computes the start and end of windows: whole minutes, hours and days in UTC.</summary>
internal static class WindowTimes
{
    public static long LengthInTicks(CounterWindow window) => window switch
    {
        CounterWindow.Minute => TimeSpan.TicksPerMinute,
        CounterWindow.Hour => TimeSpan.TicksPerHour,
        CounterWindow.Day => TimeSpan.TicksPerDay,
        _ => throw new ArgumentOutOfRangeException(nameof(window), window, "There is no such window."),
    };

    /// <summary>Returns the start, in UTC ticks, of the window that contains a time.</summary>
    public static long GetStart(CounterWindow window, long utcTicks) => utcTicks - (utcTicks % LengthInTicks(window));
}
