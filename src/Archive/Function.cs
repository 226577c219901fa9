using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Amazon.Lambda.KinesisEvents;
using Amazon.Lambda.Serialization.SystemTextJson;
using Analytics.Streaming;

[assembly: LambdaGlobalProperties(GenerateMain = true)]
[assembly: LambdaSerializer(typeof(SourceGeneratorLambdaJsonSerializer<BatchJsonContext>))]

namespace Analytics.Archive;

/// <summary>The function that keeps every record: events under the hour of their arrival, malformed ones beside them.</summary>
public sealed class Function
{
    private readonly BatchProcessor _processor;
    private readonly ArchiveWriter _writer;
    private readonly ArchiveMetrics _metrics;
    private readonly EventTimeBounds _bounds;

    internal Function(BatchProcessor processor, ArchiveWriter writer, ArchiveMetrics metrics, EventTimeBounds bounds)
    {
        _processor = processor;
        _writer = writer;
        _metrics = metrics;
        _bounds = bounds;
    }

    /// <summary>Archives one batch.</summary>
    [LambdaFunction]
    public Task<StreamsEventResponse> HandleAsync(KinesisEvent kinesisEvent, ILambdaContext context) =>
        _processor.ProcessAsync(kinesisEvent, context, batch => new ArchiveFold(batch, _bounds), CommitAsync);

    private async Task<CommitResult> CommitAsync(ArchiveFold fold, CancellationToken cancellationToken)
    {
        var outcome = await _writer.WriteAsync(fold, cancellationToken).ConfigureAwait(false);
        _metrics.Emit(outcome.Done);
        return outcome.Result;
    }
}
