using System.Diagnostics;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Amazon.Lambda.KinesisEvents;
using Amazon.Lambda.Serialization.SystemTextJson;
using Analytics.Counting;
using Analytics.Streaming;
using AWS.Lambda.Powertools.Logging;

[assembly: LambdaGlobalProperties(GenerateMain = true)]
[assembly: LambdaSerializer(typeof(SourceGeneratorLambdaJsonSerializer<BatchJsonContext>))]

namespace Analytics.Counters;

/// <summary>The function that counts events as defined in definitions.json.</summary>
internal sealed class Function(BatchProcessor processor, CounterPlan plan, CounterCommitter committer, Action<UnusedValues> emit)
{
    /// <summary>Counts a batch.</summary>
    [LambdaFunction]
    public Task<StreamsEventResponse> HandleAsync(KinesisEvent kinesisEvent, ILambdaContext context) =>
        processor.ProcessAsync(kinesisEvent, context, batch => new CounterFold(plan, batch), CommitAsync);

    private async Task<CommitResult> CommitAsync(CounterFold fold, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var result = await committer.CommitAsync(fold, cancellationToken).ConfigureAwait(false);
        var milliseconds = (long)Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        Logger.LogInformation($"Counted {fold.Records} records of shard {fold.Batch.ShardId}: {fold.Keys} keys in {milliseconds} ms.");
        if (result.Lowest is null)
        {
            foreach (var unused in fold.GetUnused())
            {
                emit(unused);
            }
        }

        return result;
    }
}
