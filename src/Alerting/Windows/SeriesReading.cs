namespace Analytics.Alerting.Windows;

/// <summary>The newest point of a series, for metrics.</summary>
/// <param name="Rule">The rule's name.</param>
/// <param name="Value">The counter's value as a metric dimension; null for the total.</param>
/// <param name="Point">The point.</param>
public readonly record struct SeriesReading(string Rule, string? Value, ExpectedPoint Point)
{
    /// <summary>The maximum number of published values of a rule: each is four metrics, which are billed.</summary>
    public const int MaxValues = 10;
}
