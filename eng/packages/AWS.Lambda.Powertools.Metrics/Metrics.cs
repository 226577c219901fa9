using AWS.Lambda.Powertools.Metrics.Internal;

namespace AWS.Lambda.Powertools.Metrics;

/// <summary>
/// Collects metrics and writes them to standard output in the embedded metric format, one line per flush, from which CloudWatch extracts
/// metrics without an API call. The namespace is <c>POWERTOOLS_METRICS_NAMESPACE</c>; <c>POWERTOOLS_SERVICE_NAME</c>, if set, is the
/// dimension <c>Service</c> of every metric. Safe for concurrent use.
/// </summary>
public class Metrics : IMetrics
{
    private static readonly MetricsCollector Current = new(Environment.GetEnvironmentVariable, TimeProvider.System, StandardOutput.Writer);

    private Metrics()
    {
    }

    /// <summary>The instance used by the static members.</summary>
    public static IMetrics Instance { get; } = new Metrics();

    /// <summary>
    /// Adds a value to a metric. A line is written automatically when a 101st metric, or a 101st value of a metric, is added.
    /// </summary>
    /// <param name="key">The metric's name.</param>
    /// <param name="value">A finite, non-negative number.</param>
    /// <param name="unit">The unit; the same for all values of a metric until the next flush.</param>
    /// <param name="resolution">The storage resolution.</param>
    /// <exception cref="ArgumentException">The name, value or unit cannot be written; nothing was added.</exception>
    public static void AddMetric(
        string key, double value, MetricUnit unit = MetricUnit.None, MetricResolution resolution = MetricResolution.Default) =>
        Current.AddMetric(key, value, unit, resolution);

    /// <summary>Adds a dimension to the metrics between the last and the next flush, or replaces its value.</summary>
    /// <exception cref="ArgumentException">The name or value cannot be written, or it would be the 31st; nothing was added.</exception>
    public static void AddDimension(string key, string value) => Current.AddDimension(key, value);

    /// <summary>Adds a property that is searchable in the log but not a dimension.</summary>
    /// <exception cref="ArgumentException">The name is invalid or in use.</exception>
    public static void AddMetadata(string key, object value) => Current.AddMetadata(key, value);

    /// <summary>Sets the default dimensions, which survive a flush, replacing earlier ones.</summary>
    /// <exception cref="ArgumentException">A name or value cannot be written, or there are too many; nothing was changed.</exception>
    public static void SetDefaultDimensions(Dictionary<string, string> defaultDimensions) => Current.SetDefaultDimensions(defaultDimensions);

    /// <summary>Sets the namespace, overriding the environment's.</summary>
    /// <exception cref="ArgumentException">CloudWatch would reject it.</exception>
    public static void SetNamespace(string nameSpace) => Current.SetNamespace(nameSpace);

    /// <summary>Writes a single metric immediately on a separate line, without the collected dimensions.</summary>
    /// <param name="name">The metric's name.</param>
    /// <param name="value">A finite, non-negative number.</param>
    /// <param name="unit">The unit.</param>
    /// <param name="nameSpace">The metric's namespace, or null for the default.</param>
    /// <param name="service">A value for the dimension <c>Service</c>, or null for the current one.</param>
    /// <param name="dimensions">Its dimensions, or null for none but <c>Service</c>.</param>
    /// <param name="resolution">The storage resolution.</param>
    /// <exception cref="ArgumentException">An argument is invalid.</exception>
    /// <exception cref="SchemaValidationException">There is no namespace.</exception>
    public static void PushSingleMetric(
        string name,
        double value,
        MetricUnit unit,
        string? nameSpace = null,
        string? service = null,
        Dictionary<string, string>? dimensions = null,
        MetricResolution resolution = MetricResolution.Default) =>
        Current.PushSingleMetric(name, value, unit, nameSpace, service, dimensions, resolution);

    /// <inheritdoc/>
    void IMetrics.Flush(bool metricsOverflow) => Current.Flush(metricsOverflow);
}
