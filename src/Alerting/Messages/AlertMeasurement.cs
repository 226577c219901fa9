namespace Analytics.Alerting.Messages;

/// <summary>The value of a counter's window that raised an alert.</summary>
/// <param name="Counter">The counter's name.</param>
/// <param name="Start">When the window starts.</param>
/// <param name="End">When it ends.</param>
/// <param name="Value">The value.</param>
/// <param name="Low">The lowest value that was expected; null when any lower one was.</param>
/// <param name="High">The highest value that was expected; null when any higher one was.</param>
/// <param name="Score">The detector's score; null for a threshold.</param>
public sealed record AlertMeasurement(
    string Counter, DateTimeOffset Start, DateTimeOffset End, decimal Value, decimal? Low, decimal? High, double? Score = null);
