using Analytics.Counting;
using AWS.Lambda.Powertools.Metrics;

namespace Analytics.Counters;

/// <summary>Publishes values that could not be counted as the CloudWatch metric UnusedValues, by counter and reason. No dimension comes from a record.</summary>
/// <param name="nameSpace">The metric's namespace.</param>
internal sealed class CounterMetrics(string nameSpace)
{
    public void Emit(UnusedValues unused) =>
        Metrics.PushSingleMetric("UnusedValues", unused.Count, MetricUnit.Count, nameSpace, dimensions: GetDimensions(unused));

    internal static Dictionary<string, string> GetDimensions(UnusedValues unused) =>
        new() { ["Counter"] = unused.Counter, ["Reason"] = unused.Reason.GetName() };
}
