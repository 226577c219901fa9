using Analytics.Events.Definitions;

namespace Analytics.Dashboard.Counters;

/// <summary>The time ranges that the page shows: an hour by minute, two days by hour, two weeks by day.</summary>
internal static class CounterSpan
{
    /// <summary>The length of a window.</summary>
    public static TimeSpan GetLength(CounterWindow window) => window switch
    {
        CounterWindow.Minute => TimeSpan.FromMinutes(1),
        CounterWindow.Hour => TimeSpan.FromHours(1),
        _ => TimeSpan.FromDays(1),
    };

    /// <summary>Returns the starts of the displayed windows, the current one last.</summary>
    public static IReadOnlyList<DateTimeOffset> Starts(CounterWindow window, DateTimeOffset now)
    {
        var length = GetLength(window);
        var count = window switch { CounterWindow.Minute => 60, CounterWindow.Hour => 48, _ => 14 };
        var current = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % length.Ticks), TimeSpan.Zero);
        return [.. Enumerable.Range(0, count).Select(i => current - ((count - 1 - i) * length))];
    }
}
