namespace AWS.Lambda.Powertools.Metrics.Internal;

/// <summary>
/// Collects metrics and writes them as lines in the embedded metric format. Invalid values are rejected by the call that
/// adds them, so they cannot invalidate other values. Safe for concurrent use.
/// </summary>
internal sealed class MetricsCollector(Func<string, string?> variable, TimeProvider clock, Func<TextWriter> output)
{
    private const string ServiceDimension = "Service";

    private static readonly Dictionary<string, string> NoDimensions = [];
    private static readonly Dictionary<string, byte[]> NoMetadata = [];

    private readonly Lock _gate = new();
    private readonly Dictionary<string, MetricValues> _metrics = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _dimensions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, byte[]> _metadata = new(StringComparer.Ordinal);
    private Dictionary<string, string> _defaultDimensions = NoDimensions;
    private string? _namespace = NullIfEmpty(variable("POWERTOOLS_METRICS_NAMESPACE"));
    private readonly string? _service = NullIfEmpty(variable("POWERTOOLS_SERVICE_NAME"));

    public void SetNamespace(string nameSpace)
    {
        EmfRules.RequireText(nameSpace, EmfRules.MaxNamespace, "namespace", nameof(nameSpace));
        lock (_gate)
        {
            _namespace = nameSpace;
        }
    }

    public void AddMetric(string name, double value, MetricUnit unit, MetricResolution resolution)
    {
        RequireMetric(name, value, unit, resolution);
        lock (_gate)
        {
            RequireNoClash(name, IsDimension(name) || _metadata.ContainsKey(name), nameof(name));
            if (!_metrics.TryGetValue(name, out var metric))
            {
                if (_metrics.Count == EmfRules.MaxMetrics)
                {
                    WriteMetrics();
                }
            }
            else if (metric.Unit != unit || metric.Resolution != resolution)
            {
                throw new ArgumentException(
                    $"The metric '{name}' was added as {metric.Unit} with resolution {metric.Resolution} and cannot be {unit} with resolution {resolution} before the next flush.",
                    nameof(unit));
            }
            else if (metric.Values.Count == EmfRules.MaxValues)
            {
                WriteMetrics();
                metric = null;
            }

            if (metric is null)
            {
                metric = new MetricValues(unit, resolution);
                _metrics.Add(name, metric);
            }

            metric.Values.Add(value);
        }
    }

    public void AddDimension(string name, string value)
    {
        RequireDimension(name, value);
        lock (_gate)
        {
            RequireNoClash(name, _metrics.ContainsKey(name) || _metadata.ContainsKey(name), nameof(name));
            if (!IsDimension(name))
            {
                RequireDimensionCount(Dimensions().Count + 1);
            }

            _dimensions[name] = value;
        }
    }

    public void SetDefaultDimensions(IReadOnlyDictionary<string, string> dimensions)
    {
        ArgumentNullException.ThrowIfNull(dimensions);
        foreach (var (name, value) in dimensions)
        {
            RequireDimension(name, value);
        }

        lock (_gate)
        {
            foreach (var name in dimensions.Keys)
            {
                RequireNoClash(name, _metrics.ContainsKey(name) || _metadata.ContainsKey(name), nameof(dimensions));
            }

            RequireDimensionCount(Dimensions(dimensions).Count);
            _defaultDimensions = new Dictionary<string, string>(dimensions, StringComparer.Ordinal);
        }
    }

    public void AddMetadata(string name, object value)
    {
        EmfRules.RequireText(name, EmfRules.MaxMetricName, "metadata name", nameof(name));
        RequireNoClash(name, name == EmfRules.Directives, nameof(name));
        ArgumentNullException.ThrowIfNull(value);
        var json = EmfLine.ToJson(value);
        lock (_gate)
        {
            RequireNoClash(name, _metrics.ContainsKey(name) || IsDimension(name), nameof(name));
            _metadata[name] = json;
        }
    }

    public void PushSingleMetric(
        string name,
        double value,
        MetricUnit unit,
        string? nameSpace,
        string? service,
        IReadOnlyDictionary<string, string>? dimensions,
        MetricResolution resolution)
    {
        RequireMetric(name, value, unit, resolution);
        var all = new Dictionary<string, string>(dimensions ?? NoDimensions, StringComparer.Ordinal);
        if ((service ?? _service) is { } serviceName)
        {
            all.TryAdd(ServiceDimension, serviceName);
        }

        foreach (var (dimension, dimensionValue) in all)
        {
            RequireDimension(dimension, dimensionValue);
        }

        RequireNoClash(name, all.ContainsKey(name), nameof(name));
        RequireDimensionCount(all.Count);
        if (nameSpace is not null)
        {
            EmfRules.RequireText(nameSpace, EmfRules.MaxNamespace, "namespace", nameof(nameSpace));
        }

        var metric = new MetricValues(unit, resolution) { Values = { value } };
        lock (_gate)
        {
            Write(nameSpace ?? RequiredNamespace(), new Dictionary<string, MetricValues> { [name] = metric }, all, NoMetadata);
        }
    }

    public void Flush(bool metricsOverflow)
    {
        lock (_gate)
        {
            WriteMetrics();
            if (!metricsOverflow)
            {
                _dimensions.Clear();
                _metadata.Clear();
            }
        }
    }

    private void WriteMetrics()
    {
        if (_metrics.Count > 0)
        {
            Write(RequiredNamespace(), _metrics, Dimensions(), _metadata);
            _metrics.Clear();
        }
    }

    private void Write(
        string nameSpace,
        IReadOnlyDictionary<string, MetricValues> metrics,
        IReadOnlyDictionary<string, string> dimensions,
        IReadOnlyDictionary<string, byte[]> metadata) =>
        output().Write(EmfLine.Write(clock.GetUtcNow(), nameSpace, metrics, dimensions, metadata));

    private Dictionary<string, string> Dimensions() => Dimensions(_defaultDimensions);

    private Dictionary<string, string> Dimensions(IReadOnlyDictionary<string, string> defaultDimensions)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        if (_service is not null)
        {
            all[ServiceDimension] = _service;
        }

        foreach (var (name, value) in defaultDimensions)
        {
            all[name] = value;
        }

        foreach (var (name, value) in _dimensions)
        {
            all[name] = value;
        }

        return all;
    }

    private bool IsDimension(string name) =>
        _dimensions.ContainsKey(name) || _defaultDimensions.ContainsKey(name) || (_service is not null && name == ServiceDimension);

    private string RequiredNamespace() => _namespace ?? throw new SchemaValidationException(
        "Metrics have no namespace: set POWERTOOLS_METRICS_NAMESPACE or call Metrics.SetNamespace. They are kept until then.");

    private static void RequireMetric(string name, double value, MetricUnit unit, MetricResolution resolution)
    {
        EmfRules.RequireText(name, EmfRules.MaxMetricName, "metric name", nameof(name));
        RequireNoClash(name, name == EmfRules.Directives, nameof(name));
        _ = MetricUnitNames.GetName(unit);
        if (resolution is not (MetricResolution.Default or MetricResolution.High or MetricResolution.Standard))
        {
            throw new ArgumentOutOfRangeException(nameof(resolution), resolution, "CloudWatch keeps metrics by the second (1) or by the minute (60).");
        }

        if (!double.IsFinite(value) || double.IsNegative(value))
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, $"The metric '{name}' needs a finite value that is not negative.");
        }
    }

    private static void RequireDimension(string name, string value)
    {
        EmfRules.RequireText(name, EmfRules.MaxDimensionName, "dimension name", nameof(name));
        RequireNoClash(name, name == EmfRules.Directives || name[0] == ':', nameof(name));
        EmfRules.RequireText(value, EmfRules.MaxDimensionValue, "dimension value", nameof(value));
    }

    private static void RequireDimensionCount(int count)
    {
        if (count > EmfRules.MaxDimensions)
        {
            throw new ArgumentException($"Metrics have at most {EmfRules.MaxDimensions} dimensions, Service and default ones included.");
        }
    }

    private static void RequireNoClash(string name, bool clashes, string parameter)
    {
        if (clashes)
        {
            throw new ArgumentException(
                $"The name '{name}' is taken: metrics, dimensions and metadata of a line need names of their own.", parameter);
        }
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
