using System.Diagnostics;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Amazon.Lambda.Serialization.SystemTextJson;
using Analytics.Alerting.Windows;
using Analytics.Streaming;
using AWS.Lambda.Powertools.Logging;

[assembly: LambdaGlobalProperties(GenerateMain = true)]
[assembly: LambdaSerializer(typeof(SourceGeneratorLambdaJsonSerializer<Analytics.Anomalies.AnomaliesJsonContext>))]

namespace Analytics.Anomalies;

/// <summary>The scheduled function that evaluates the threshold and anomaly rules in definitions.json.</summary>
internal sealed class Function(WindowRuleRunner runner, Action<SeriesReading> emit, TimeProvider clock)
{
    /// <summary>Evaluates the windows closed since the last run; the event is ignored.</summary>
    /// <exception cref="Exception">A rule could not be evaluated, or its alerts could not be sent; the next run retries.</exception>
    /// <exception cref="OperationCanceledException">The time was not sufficient; the next run continues.</exception>
    [LambdaFunction]
    public async Task<WindowRuleResult> HandleAsync(ILambdaContext context)
    {
        var started = Stopwatch.GetTimestamp();
        using var deadline = FunctionDeadline.Start(context, clock);
        var result = await runner.RunAsync(emit, deadline.Token).ConfigureAwait(false);
        var milliseconds = (long)Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        Logger.LogInformation($"Evaluated {result.Windows} windows of {result.Rules} rules and sent {result.Alerts} alerts in {milliseconds} ms.");
        return result;
    }
}
