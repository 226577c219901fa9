using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Amazon.Lambda.KinesisEvents;
using Amazon.Lambda.Serialization.SystemTextJson;
using Analytics.Streaming;
using Analytics.Tables;

[assembly: LambdaGlobalProperties(GenerateMain = true)]
[assembly: LambdaSerializer(typeof(SourceGeneratorLambdaJsonSerializer<BatchJsonContext>))]

namespace Analytics.Results;

/// <summary>The function that writes each event as an item for lookup by its identifier.</summary>
internal sealed class Function(BatchProcessor processor, TableBatches table, ResultsMetrics metrics, ResultSettings settings)
{
    /// <summary>Writes the items of a batch.</summary>
    [LambdaFunction]
    public Task<StreamsEventResponse> HandleAsync(KinesisEvent kinesisEvent, ILambdaContext context) =>
        processor.ProcessAsync(kinesisEvent, context, batch => new ResultsFold(new ResultItem(batch, settings)), CommitAsync);

    private async Task<CommitResult> CommitAsync(ResultsFold fold, CancellationToken cancellationToken)
    {
        var failures = await table.PutAsync(fold.Items, cancellationToken).ConfigureAwait(false);
        SequenceNumber? lowest = failures.Indices.Count > 0 ? fold.GetLowest(failures.Indices) : null;
        metrics.Emit(fold.TotalsBefore(lowest));
        return lowest is { } first ? CommitResult.FailedFrom(first, failures.Cause) : CommitResult.Complete;
    }
}
