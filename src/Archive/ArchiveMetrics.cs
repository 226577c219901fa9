using AWS.Lambda.Powertools.Metrics;

namespace Analytics.Archive;

/// <summary>Publishes the batch totals as CloudWatch metrics: ProcessedRecords, TotalAmount, ErrorCount.</summary>
internal sealed class ArchiveMetrics
{
    /// <param name="nameSpace">The metrics' namespace.</param>
    public ArchiveMetrics(string nameSpace) => Metrics.SetNamespace(nameSpace);

    public void Emit(ArchiveTotals totals)
    {
        Metrics.AddMetric("ProcessedRecords", totals.Processed, MetricUnit.Count);
        Metrics.AddMetric("TotalAmount", (double)totals.Amount, MetricUnit.None);
        Metrics.AddMetric("ErrorCount", totals.Errors, MetricUnit.Count);
        Metrics.Instance.Flush();
    }
}
