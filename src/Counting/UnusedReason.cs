namespace Analytics.Counting;

/// <summary>Why a counter does not use a value that an event gives.</summary>
public enum UnusedReason
{
    /// <summary>The counter's field is no number; the event does not count.</summary>
    NotANumber,
    /// <summary>The number of the counter's field is too large; the event does not count.</summary>
    OutOfRange,
    /// <summary>The counter's field is an object or an array, which has no distinct text; the event does not count.</summary>
    NotAScalar,
    /// <summary>The event's time cannot be read; the event counts at its arrival.</summary>
    TimeUnreadable,
    /// <summary>The event's time lies too far from its arrival; the event counts at its arrival.</summary>
    TimeOutOfBounds,
}
