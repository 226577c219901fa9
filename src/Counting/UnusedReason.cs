namespace Analytics.Counting;

/// <summary>The reason why a value of an event cannot be counted.</summary>
public enum UnusedReason
{
    /// <summary>The counter's field is not a number; the event is not counted.</summary>
    NotANumber,
    /// <summary>The number in the counter's field is too large; the event is not counted.</summary>
    OutOfRange,
    /// <summary>The counter's field is an object or an array, which has no distinct text; the event is not counted.</summary>
    NotAScalar,
    /// <summary>The event's time cannot be parsed; the event is counted at its arrival time.</summary>
    TimeUnreadable,
    /// <summary>The event's time is too far from its arrival; the event is counted at its arrival time.</summary>
    TimeOutOfBounds,
}
