using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Amazon.Lambda.KinesisEvents;
using Amazon.Lambda.Serialization.SystemTextJson;
using Analytics.Streaming;
using Analytics.Tables;

[assembly: LambdaGlobalProperties(GenerateMain = true)]
[assembly: LambdaSerializer(typeof(SourceGeneratorLambdaJsonSerializer<BatchJsonContext>))]

namespace Analytics.Results;

/// <summary>The function that writes each event as an item, to be looked up by its identifier.</summary>
public sealed class Function
{
    private readonly BatchProcessor _processor;
    private readonly TableBatches _table;
    private readonly ResultsMetrics _metrics;
    private readonly EventTimeBounds _bounds;
    private readonly TimeSpan _retention;

    internal Function(BatchProcessor processor, TableBatches table, ResultsMetrics metrics, EventTimeBounds bounds, TimeSpan retention)
    {
        _processor = processor;
        _table = table;
        _metrics = metrics;
        _bounds = bounds;
        _retention = retention;
    }

    /// <summary>Writes the items of one batch.</summary>
    [LambdaFunction]
    public Task<StreamsEventResponse> HandleAsync(KinesisEvent kinesisEvent, ILambdaContext context) =>
        _processor.ProcessAsync(
            kinesisEvent, context, batch => new ResultsFold(new ResultItem(batch, _bounds, _retention)), CommitAsync);

    private async Task<CommitResult> CommitAsync(ResultsFold fold, CancellationToken cancellationToken)
    {
        var failures = await _table.PutAsync(fold.Items, cancellationToken).ConfigureAwait(false);
        SequenceNumber? lowest = failures.Indices.Count > 0 ? fold.LowestOf(failures.Indices) : null;
        _metrics.Emit(fold.TotalsBefore(lowest));
        return lowest is { } first ? CommitResult.FailedFrom(first, failures.Cause) : CommitResult.Complete;
    }
}
