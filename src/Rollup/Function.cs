using System.Diagnostics;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Amazon.Lambda.Serialization.SystemTextJson;
using Analytics.Counting;
using Analytics.Streaming;
using AWS.Lambda.Powertools.Logging;

[assembly: LambdaGlobalProperties(GenerateMain = true)]
[assembly: LambdaSerializer(typeof(SourceGeneratorLambdaJsonSerializer<Analytics.Rollup.RollupJsonContext>))]

namespace Analytics.Rollup;

/// <summary>The scheduled function that rolls up the links of Counters to windows.</summary>
internal sealed class Function(CounterRollup rollup, TimeProvider clock)
{
    /// <summary>Rolls up the new links. The event is ignored.</summary>
    /// <exception cref="CounterTableException">The content of the table is invalid.</exception>
    /// <exception cref="OperationCanceledException">The time was not sufficient; the next run continues.</exception>
    [LambdaFunction]
    public async Task<RollupResult> HandleAsync(ILambdaContext context)
    {
        var started = Stopwatch.GetTimestamp();
        using var deadline = FunctionDeadline.Start(context, clock);
        var result = await rollup.RunAsync(deadline.Token).ConfigureAwait(false);
        var milliseconds = (long)Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        Logger.LogInformation(
            $"Rolled up {result.Links} links into {result.Windows} windows with {result.Items} items in {result.Generations} generations and {milliseconds} ms.");
        return result;
    }
}
