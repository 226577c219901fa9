using AWS.Lambda.Powertools.Metrics;

namespace Analytics.Archive;

/// <summary>The batch totals as CloudWatch metrics: ProcessedRecords, TotalAmount, ErrorCount.</summary>
/// <param name="nameSpace">The metrics' namespace.</param>
internal sealed class ArchiveMetrics(string nameSpace)
{
    public const string DefaultNamespace = "KinesisAnalytics";

    public void Emit(in ArchiveTotals totals)
    {
        Metrics.PushSingleMetric("ProcessedRecords", totals.Processed, MetricUnit.Count, nameSpace);
        Metrics.PushSingleMetric("TotalAmount", (double)totals.Amount, MetricUnit.None, nameSpace);
        Metrics.PushSingleMetric("ErrorCount", totals.Errors, MetricUnit.Count, nameSpace);
    }
}
