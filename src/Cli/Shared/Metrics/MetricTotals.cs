using Analytics.Local.Metrics;

namespace Analytics.Cli.Shared.Metrics;

/// <summary>Totals of metrics over all minutes.</summary>
internal static class MetricTotals
{
    private const string AwsNamespaces = "AWS/";

    /// <summary>Combines the minutes of each metric.</summary>
    public static IEnumerable<MetricValue> Sum(IEnumerable<MetricValue> values) => values
        .GroupBy(value => (value.Namespace, value.Name, value.Unit, Dimensions: Text(value.Dimensions)))
        .Select(minutes => minutes.Aggregate((sum, minute) => sum.Plus(minute)));

    /// <summary>Returns the number of custom metrics: each combination of name and dimensions is one, and is billed.</summary>
    public static int CountCustom(IEnumerable<MetricValue> values) =>
        Sum(values).Count(metric => !metric.Namespace.StartsWith(AwsNamespaces, StringComparison.Ordinal));

    /// <summary>Formats dimensions as text.</summary>
    public static string Text(IReadOnlyList<KeyValuePair<string, string>> dimensions) =>
        string.Join(", ", dimensions.Select(one => $"{one.Key}={one.Value}"));
}
