using System.Globalization;

namespace Analytics.Counting;

/// <summary>Percentiles of a field, each with a relative error of at most 1 %.</summary>
/// <param name="P50">The median.</param>
/// <param name="P90">The 90th percentile.</param>
/// <param name="P95">The 95th percentile.</param>
/// <param name="P99">The 99th percentile.</param>
public readonly record struct CounterPercentiles(double P50, double P90, double P95, double P99)
{
    /// <summary>Returns all four on one line, for messages; buckets are 2 % wide, so six digits are sufficient to distinguish them.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"p50 {P50:G6}, p90 {P90:G6}, p95 {P95:G6}, p99 {P99:G6}");
}
