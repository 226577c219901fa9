namespace Analytics.Packages.Tests.Lambda;

/// <summary>A stopped clock whose timers fire immediately and record their due times.</summary>
internal sealed class ManualClock(DateTimeOffset now) : TimeProvider
{
    public List<TimeSpan> Pauses { get; } = [];

    public override DateTimeOffset GetUtcNow() => now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Pauses.Add(dueTime);
        return System.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
