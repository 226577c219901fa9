namespace Analytics.Performance.Comparing;

/// <summary>Computes medians.</summary>
internal static class Median
{
    /// <summary>Returns the median: the mean of the middle two of an even number of values.</summary>
    public static TimeSpan Compute(IReadOnlyCollection<TimeSpan> times)
    {
        var sorted = times.Order().ToArray();
        return sorted.Length == 0
            ? throw new ArgumentException("There are no values.", nameof(times))
            : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
