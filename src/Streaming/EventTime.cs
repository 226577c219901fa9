using Analytics.Events;

namespace Analytics.Streaming;

/// <summary>The effective time of an event: the producer's time, or the arrival time in its place.</summary>
/// <param name="Value">The time in UTC.</param>
/// <param name="IsArrivalTime">Whether it is the arrival time, because the producer's time is missing or out of bounds.</param>
public readonly record struct EventTime(DateTimeOffset Value, bool IsArrivalTime);

/// <summary>The bounds of plausible event times relative to arrival.</summary>
public sealed record EventTimeBounds
{
    /// <summary>The default bounds: 7 days before to 1 hour after arrival.</summary>
    public static EventTimeBounds Default { get; } = new();

    /// <summary>Maximum time of an event before its arrival.</summary>
    public TimeSpan Past { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Maximum time of an event after its arrival.</summary>
    public TimeSpan Future { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Returns the event's time if it is within the bounds (inclusive), otherwise the arrival time, marked as such.</summary>
    public EventTime Resolve(in Event @event, DateTimeOffset arrivalTime) =>
        @event.Timestamp is { } time && time >= arrivalTime - Past && time <= arrivalTime + Future
            ? new EventTime(time, IsArrivalTime: false)
            : new EventTime(arrivalTime, IsArrivalTime: true);
}
