using Analytics.Streaming;
using AWS.Lambda.Powertools.Metrics;

namespace Analytics.Results;

/// <summary>Publishes the events as CloudWatch metrics: EventsProcessed by event type and device type, and PurchaseAmount.</summary>
/// <param name="nameSpace">The metrics' namespace.</param>
internal sealed class ResultsMetrics(string nameSpace)
{
    public void Emit(ResultTotals totals)
    {
        foreach (var ((eventType, deviceType), count) in totals.Events)
        {
            Metrics.PushSingleMetric(
                "EventsProcessed",
                count,
                MetricUnit.Count,
                nameSpace,
                dimensions: new Dictionary<string, string>
                {
                    [MetricDimensions.EventTypeName] = eventType,
                    [MetricDimensions.DeviceTypeName] = deviceType,
                });
        }

        if (totals.PurchaseAmount is { } amount)
        {
            Metrics.PushSingleMetric("PurchaseAmount", (double)amount, MetricUnit.None, nameSpace);
        }
    }
}
