namespace Analytics.Events.Definitions;

/// <summary>The lengths and starts of windows.</summary>
public static class CounterWindowExtensions
{
    /// <summary>Returns the length of a window.</summary>
    public static TimeSpan GetLength(this CounterWindow window) => window switch
    {
        CounterWindow.Minute => TimeSpan.FromMinutes(1),
        CounterWindow.Hour => TimeSpan.FromHours(1),
        CounterWindow.Day => TimeSpan.FromDays(1),
        _ => throw new ArgumentOutOfRangeException(nameof(window), window, "There is no such window."),
    };

    /// <summary>Returns the start, in UTC ticks, of the window that contains a time.</summary>
    public static long GetStart(this CounterWindow window, long utcTicks) => utcTicks - (utcTicks % window.GetLength().Ticks);
}
