using Analytics.Alerting.Windows;
using AWS.Lambda.Powertools.Metrics;

namespace Analytics.Anomalies;

/// <summary>
/// The newest point of each series as the CloudWatch metrics AnomalyScore, WindowValue, ExpectedLow and ExpectedHigh, by rule, and by the counter's value where the rule has several.
/// </summary>
/// <param name="nameSpace">The metrics' namespace.</param>
internal sealed class AnomalyMetrics(string nameSpace)
{
    public void Emit(SeriesReading reading)
    {
        var dimensions = GetDimensions(reading);
        foreach (var (name, value) in GetMetrics(reading))
        {
            Metrics.PushSingleMetric(name, value, MetricUnit.None, nameSpace, dimensions: dimensions);
        }
    }

    internal static (string Name, double Value)[] GetMetrics(SeriesReading reading) =>
    [
        ("AnomalyScore", reading.Point.Score), ("WindowValue", reading.Point.Value), ("ExpectedLow", reading.Point.Low), ("ExpectedHigh", reading.Point.High),
    ];

    internal static Dictionary<string, string> GetDimensions(SeriesReading reading) =>
        reading.Value is { } value ? new() { ["Rule"] = reading.Rule, ["Value"] = value } : new() { ["Rule"] = reading.Rule };
}
