using Analytics.Local.Metrics;

namespace Analytics.Cli.Shared.Metrics;

/// <summary>Metrics over all their minutes.</summary>
internal static class MetricTotals
{
    private const string AwsNamespaces = "AWS/";

    /// <summary>Each metric's minutes as one.</summary>
    public static IEnumerable<MetricValue> Of(IEnumerable<MetricValue> values) => values
        .GroupBy(value => (value.Namespace, value.Name, value.Unit, Dimensions: Text(value.Dimensions)))
        .Select(minutes => minutes.Aggregate((sum, minute) => sum.Plus(minute)));

    /// <summary>How many are not AWS's own: each combination of name and dimensions is one, and is charged.</summary>
    public static int CountCustom(IEnumerable<MetricValue> values) =>
        Of(values).Count(metric => !metric.Namespace.StartsWith(AwsNamespaces, StringComparison.Ordinal));

    /// <summary>Dimensions as people read them.</summary>
    public static string Text(IReadOnlyList<KeyValuePair<string, string>> dimensions) =>
        string.Join(", ", dimensions.Select(one => $"{one.Key}={one.Value}"));
}
