using Analytics.Local.Mapping;
using Analytics.Local.Metrics;
using Analytics.Local.Runtime;

namespace Analytics.Local.Deployment;

/// <summary>
/// Lambda's metrics of functions and event source mappings
/// (https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html), in namespace AWS/Lambda.
/// </summary>
/// <param name="store">The store to add to.</param>
/// <param name="clock">The clock.</param>
internal sealed class LambdaMetrics(MetricStore store, TimeProvider clock)
{
    private const string Namespace = "AWS/Lambda";
    private readonly Lock _gate = new();
    private readonly Dictionary<string, EventSourceMappingStatistics> _counted = new(StringComparer.Ordinal);

    /// <summary>Adds an invocation.</summary>
    public void Invoked(FunctionConfiguration function, InvocationReport report)
    {
        if (report.IsThrottled)
        {
            Add(function.Name, "Throttles", "Count", 1);
            return;
        }

        Add(function.Name, "Invocations", "Count", 1);
        Add(function.Name, "Errors", "Count", report.IsError ? 1 : 0);
        Add(function.Name, "Duration", "Milliseconds", report.Duration.TotalMilliseconds);
    }

    /// <summary>Adds the iterator age of an invocation by a mapping.</summary>
    public void IteratorAge(string functionName, TimeSpan age) => Add(functionName, "IteratorAge", "Milliseconds", age.TotalMilliseconds);

    /// <summary>Adds a mapping's counts since the last call.</summary>
    /// <param name="mappingUuid">The mapping, the dimension of the event counts.</param>
    /// <param name="functionName">Its function, the dimension of DestinationDeliveryFailures.</param>
    /// <param name="now">The current statistics.</param>
    public void Count(string mappingUuid, string functionName, EventSourceMappingStatistics now)
    {
        EventSourceMappingStatistics before;
        lock (_gate)
        {
            before = _counted.GetValueOrDefault(mappingUuid) ?? new EventSourceMappingStatistics();
            _counted[mappingUuid] = now;
        }

        if (now.DestinationDeliveryFailures - before.DestinationDeliveryFailures is > 0 and var failures)
        {
            Add(functionName, "DestinationDeliveryFailures", "Count", failures);
        }

        foreach (var (name, count) in (ReadOnlySpan<(string, long)>)
        [
            ("PolledEventCount", now.PolledEventCount - before.PolledEventCount),
            ("FilteredOutEventCount", now.FilteredOutEventCount - before.FilteredOutEventCount),
            ("InvokedEventCount", now.InvokedEventCount - before.InvokedEventCount),
            ("FailedInvokeEventCount", now.FailedInvokeEventCount - before.FailedInvokeEventCount),
            ("DroppedEventCount", now.DroppedEventCount - before.DroppedEventCount),
            ("OnFailureDestinationDeliveredEventCount", now.OnFailureDestinationDeliveredEventCount - before.OnFailureDestinationDeliveredEventCount),
        ])
        {
            if (count > 0)
            {
                store.Add(new MetricDatum(Namespace, name, [KeyValuePair.Create("EventSourceMappingUUID", mappingUuid)], "Count", clock.GetUtcNow(), count));
            }
        }
    }

    private void Add(string functionName, string name, string unit, double value) =>
        store.Add(new MetricDatum(Namespace, name, [KeyValuePair.Create("FunctionName", functionName)], unit, clock.GetUtcNow(), value));
}
