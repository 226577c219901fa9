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

/// <summary>The scheduled function that merges what the function Counters added into windows.</summary>
internal sealed class Function(CounterRollup rollup, TimeProvider clock)
{
    /// <summary>Rolls up what is new, whatever the event.</summary>
    /// <exception cref="CounterTableException">The table does not hold what it should.</exception>
    /// <exception cref="OperationCanceledException">The time was not enough; the next run goes on from there.</exception>
    [LambdaFunction]
    public async Task<RollupResult> HandleAsync(ILambdaContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var started = Stopwatch.GetTimestamp();
        var time = context.RemainingTime - BatchProcessor.AnswerMargin;
        using var deadline = new CancellationTokenSource(time > TimeSpan.Zero ? time : TimeSpan.Zero, clock);
        var result = await rollup.RunAsync(deadline.Token).ConfigureAwait(false);
        var milliseconds = (long)Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        Logger.LogInformation(
            $"Rolled up {result.Links} links into {result.Windows} windows by {result.Items} items and {result.Generations} generations in {milliseconds} ms.");
        return result;
    }
}
