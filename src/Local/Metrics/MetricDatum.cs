namespace Analytics.Local.Metrics;

/// <summary>One value of a metric.</summary>
/// <param name="Namespace">The namespace.</param>
/// <param name="Name">The metric's name.</param>
/// <param name="Dimensions">The dimensions in alphabetical order.</param>
/// <param name="Unit">The CloudWatch unit.</param>
/// <param name="Time">The time of the measurement.</param>
/// <param name="Value">The value.</param>
public readonly record struct MetricDatum(
    string Namespace, string Name, IReadOnlyList<KeyValuePair<string, string>> Dimensions, string Unit, DateTimeOffset Time, double Value);
