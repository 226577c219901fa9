namespace AWS.Lambda.Powertools.Metrics;

/// <summary>The metrics of a process, by <see cref="Metrics.Instance"/>.</summary>
public interface IMetrics
{
    /// <summary>Writes the metrics added so far, and forgets them along with the dimensions and metadata that were added to them.</summary>
    /// <param name="metricsOverflow">True to keep the added dimensions and metadata for later metrics.</param>
    /// <exception cref="SchemaValidationException">No namespace is set; the metrics are kept.</exception>
    void Flush(bool metricsOverflow = false);
}
