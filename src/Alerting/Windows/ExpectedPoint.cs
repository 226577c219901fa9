namespace Analytics.Alerting.Windows;

/// <summary>A window's value with its expected range.</summary>
/// <param name="Start">The start of the window.</param>
/// <param name="Value">The value, to about 7 digits.</param>
/// <param name="Low">The lower end of the expected range.</param>
/// <param name="High">The upper end of the expected range.</param>
/// <param name="Score">The score from 0 to 1.</param>
public readonly record struct ExpectedPoint(DateTimeOffset Start, float Value, float Low, float High, float Score);
