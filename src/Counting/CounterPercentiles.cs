namespace Analytics.Counting;

/// <summary>Percentiles of a field, each within 1 % of a value that has it.</summary>
/// <param name="P50">The median.</param>
/// <param name="P90">What 90 % of the values are at or below.</param>
/// <param name="P95">What 95 % are at or below.</param>
/// <param name="P99">What 99 % are at or below.</param>
public readonly record struct CounterPercentiles(double P50, double P90, double P95, double P99);
