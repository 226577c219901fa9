namespace AWS.Lambda.Powertools.Metrics;

/// <summary>The metrics of a process, by <see cref="Metrics.Instance"/>.</summary>
public interface IMetrics
{
    /// <summary>Writes the collected metrics, and clears them with their dimensions and metadata.</summary>
    /// <param name="metricsOverflow">True to keep the added dimensions and metadata for later metrics.</param>
    /// <exception cref="SchemaValidationException">No namespace is set; the metrics are kept.</exception>
    void Flush(bool metricsOverflow = false);
}
