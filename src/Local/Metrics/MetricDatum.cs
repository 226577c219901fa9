namespace Analytics.Local.Metrics;

/// <summary>One value of a metric.</summary>
/// <param name="Namespace">The namespace.</param>
/// <param name="Name">The metric's name.</param>
/// <param name="Dimensions">The dimensions, in the order of their names.</param>
/// <param name="Unit">The unit, in CloudWatch's words.</param>
/// <param name="Time">When it was measured.</param>
/// <param name="Value">The value.</param>
public readonly record struct MetricDatum(
    string Namespace, string Name, IReadOnlyList<KeyValuePair<string, string>> Dimensions, string Unit, DateTimeOffset Time, double Value);
