using Analytics.Events;

namespace Analytics.Streaming;

/// <summary>When an event counts, and whether that is the producer's word or the arrival time in its stead.</summary>
/// <param name="Value">The time in UTC.</param>
/// <param name="IsArrivalTime">True when the producer gave no time, or one outside of the bounds.</param>
public readonly record struct EventTime(DateTimeOffset Value, bool IsArrivalTime);

/// <summary>Which producers' times are believed: those not too long before nor too far after arrival.</summary>
public sealed record EventTimeBounds
{
    /// <summary>The bounds as shipped: 7 days before to 1 hour after arrival.</summary>
    public static EventTimeBounds Default { get; } = new();

    /// <summary>How long before arrival an event may have happened.</summary>
    public TimeSpan Past { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How far ahead of arrival a producer's clock may be.</summary>
    public TimeSpan Future { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The event's own time when it lies within the bounds (inclusive), otherwise the arrival time, marked so.</summary>
    public EventTime Resolve(in Event @event, DateTimeOffset arrivalTime) =>
        @event.Timestamp is { } time && time >= arrivalTime - Past && time <= arrivalTime + Future
            ? new EventTime(time, IsArrivalTime: false)
            : new EventTime(arrivalTime, IsArrivalTime: true);
}
