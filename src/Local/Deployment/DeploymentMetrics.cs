using Analytics.Local.Mapping;
using Analytics.Local.Metrics;
using Analytics.Local.Runtime;

namespace Analytics.Local.Deployment;

/// <summary>The metrics of a deployment: those that functions log, and Lambda's metrics.</summary>
internal sealed class DeploymentMetrics
{
    private static readonly TimeSpan CountInterval = TimeSpan.FromSeconds(5);

    private readonly MetricStore _store;
    private readonly LambdaMetrics _lambda;

    public DeploymentMetrics()
    {
        _store = new MetricStore(TimeProvider.System);
        _lambda = new LambdaMetrics(_store, TimeProvider.System);
    }

    /// <summary>Adds the metrics in a line of a function's log, if any.</summary>
    public void AddLine(string line)
    {
        foreach (var datum in EmbeddedMetricFormat.Read(line))
        {
            _store.Add(datum);
        }
    }

    /// <inheritdoc cref="LambdaMetrics.Invoked"/>
    public void Invoked(FunctionConfiguration function, InvocationReport report) => _lambda.Invoked(function, report);

    /// <inheritdoc cref="LambdaMetrics.IteratorAge"/>
    public void IteratorAge(string functionName, TimeSpan age) => _lambda.IteratorAge(functionName, age);

    /// <inheritdoc cref="LambdaMetrics.Count"/>
    public void Count(string mappingUuid, string functionName, EventSourceMappingStatistics now) => _lambda.Count(mappingUuid, functionName, now);

    /// <summary>Returns the metrics of the last hours per minute.</summary>
    public IReadOnlyList<MetricValue> Read(MappingFleet mappings)
    {
        mappings.Count(this);
        return _store.Read();
    }

    /// <summary>Counts the mappings' events at an interval that is short enough to count each event in its minute or the next one.</summary>
    public async Task CountAsync(MappingFleet mappings, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(CountInterval);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            mappings.Count(this);
        }
    }
}
