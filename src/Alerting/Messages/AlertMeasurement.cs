namespace Analytics.Alerting.Messages;

/// <summary>The value of a counter's window that raised an alert.</summary>
/// <param name="Counter">The counter's name.</param>
/// <param name="Start">The start of the window.</param>
/// <param name="End">The end of the window.</param>
/// <param name="Value">The value.</param>
/// <param name="Low">The lower bound of the expected range, or null if it is unbounded.</param>
/// <param name="High">The upper bound of the expected range, or null if it is unbounded.</param>
/// <param name="Score">The detector's score, or null for a threshold.</param>
public sealed record AlertMeasurement(
    string Counter, DateTimeOffset Start, DateTimeOffset End, decimal Value, decimal? Low, decimal? High, double? Score = null);
