namespace Analytics.Events.Definitions;

/// <summary>Whether a field of an event holds a number.</summary>
public enum FieldNumber
{
    /// <summary>It does.</summary>
    Number,
    /// <summary>The event has no such field, or a null.</summary>
    Absent,
    /// <summary>The value is no number, for example <c>"12,50"</c>, <c>"NaN"</c>, <c>true</c> or an object.</summary>
    NotANumber,
    /// <summary>The number is beyond the range of <see cref="decimal"/>.</summary>
    OutOfRange,
}
