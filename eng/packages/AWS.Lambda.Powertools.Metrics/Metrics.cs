using AWS.Lambda.Powertools.Metrics.Internal;

namespace AWS.Lambda.Powertools.Metrics;

/// <summary>
/// Gathers metrics and writes them to standard output in the embedded metric format, one line each time, from which CloudWatch makes
/// metrics without a call. The namespace is <c>POWERTOOLS_METRICS_NAMESPACE</c>; <c>POWERTOOLS_SERVICE_NAME</c>, if set, is the
/// dimension <c>Service</c> of every metric. Safe for concurrent use.
/// </summary>
public class Metrics : IMetrics
{
    private static readonly MetricsCollector Current = new(Environment.GetEnvironmentVariable, TimeProvider.System, StandardOutput.Writer);

    private Metrics()
    {
    }

    /// <summary>The instance that the static members share.</summary>
    public static IMetrics Instance { get; } = new Metrics();

    /// <summary>
    /// Adds a value to a metric. A line is written by itself when there are 100 metrics, or 100 values of one, and more come.
    /// </summary>
    /// <param name="key">The metric's name.</param>
    /// <param name="value">A finite number, not negative.</param>
    /// <param name="unit">The unit; the same for all values of a metric until the next flush.</param>
    /// <param name="resolution">How finely CloudWatch keeps it.</param>
    /// <exception cref="ArgumentException">The name, value or unit cannot be written; nothing was added.</exception>
    public static void AddMetric(
        string key, double value, MetricUnit unit = MetricUnit.None, MetricResolution resolution = MetricResolution.Default) =>
        Current.AddMetric(key, value, unit, resolution);

    /// <summary>Adds a dimension to what has been gathered since the last flush and what comes before the next, or replaces its value.</summary>
    /// <exception cref="ArgumentException">The name or value cannot be written, or it would be the 31st; nothing was added.</exception>
    public static void AddDimension(string key, string value) => Current.AddDimension(key, value);

    /// <summary>Adds a property that is searchable in the log but not a dimension.</summary>
    /// <exception cref="ArgumentException">The name cannot be written or is taken.</exception>
    public static void AddMetadata(string key, object value) => Current.AddMetadata(key, value);

    /// <summary>Sets the dimensions that outlive a flush, in place of those set before.</summary>
    /// <exception cref="ArgumentException">A name or value cannot be written, or there are too many; nothing was changed.</exception>
    public static void SetDefaultDimensions(Dictionary<string, string> defaultDimensions) => Current.SetDefaultDimensions(defaultDimensions);

    /// <summary>Sets the namespace, in place of the environment's.</summary>
    /// <exception cref="ArgumentException">CloudWatch would not take it.</exception>
    public static void SetNamespace(string nameSpace) => Current.SetNamespace(nameSpace);

    /// <summary>Writes a line with one metric at once, apart from what is being gathered and without its dimensions.</summary>
    /// <param name="name">The metric's name.</param>
    /// <param name="value">A finite number, not negative.</param>
    /// <param name="unit">The unit.</param>
    /// <param name="nameSpace">A namespace of its own, or null.</param>
    /// <param name="service">A value for the dimension <c>Service</c>, or null for the one that is set.</param>
    /// <param name="dimensions">Its dimensions, or null for none but <c>Service</c>.</param>
    /// <param name="resolution">How finely CloudWatch keeps it.</param>
    /// <exception cref="ArgumentException">Something of it cannot be written.</exception>
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
