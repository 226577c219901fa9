using System.Globalization;

namespace Analytics.Counting;

/// <summary>Percentiles of a field, each within 1 % of a value that has it.</summary>
/// <param name="P50">The median.</param>
/// <param name="P90">What 90 % of the values are at or below.</param>
/// <param name="P95">What 95 % are at or below.</param>
/// <param name="P99">What 99 % are at or below.</param>
public readonly record struct CounterPercentiles(double P50, double P90, double P95, double P99)
{
    /// <summary>All four on one line, as messages have them; buckets are 2 % wide, so six digits tell any two apart.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"p50 {P50:G6}, p90 {P90:G6}, p95 {P95:G6}, p99 {P99:G6}");
}
