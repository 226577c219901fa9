using Analytics.Events.Definitions;

namespace Analytics.Dashboard.Counters;

/// <summary>The time ranges that the page shows: an hour by minute, two days by hour, two weeks by day.</summary>
internal static class CounterSpan
{
    /// <summary>Returns the starts of the displayed windows, the current one last.</summary>
    public static IReadOnlyList<DateTimeOffset> Starts(CounterWindow window, DateTimeOffset now)
    {
        var count = window switch { CounterWindow.Minute => 60, CounterWindow.Hour => 48, _ => 14 };
        var current = new DateTimeOffset(window.GetStart(now.UtcTicks), TimeSpan.Zero);
        return [.. Enumerable.Range(0, count).Select(i => current - ((count - 1 - i) * window.GetLength()))];
    }
}
