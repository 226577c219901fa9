namespace Analytics.Events.Definitions;

/// <summary>The result of reading a field as a number.</summary>
public enum FieldNumber
{
    /// <summary>The field is a number.</summary>
    Number,
    /// <summary>The field is missing or null.</summary>
    Absent,
    /// <summary>The value is not a number, for example <c>"12,50"</c>, <c>"NaN"</c>, <c>true</c> or an object.</summary>
    NotANumber,
    /// <summary>The number is beyond the range of <see cref="decimal"/>.</summary>
    OutOfRange,
}
