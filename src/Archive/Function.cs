using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Amazon.Lambda.KinesisEvents;
using Amazon.Lambda.Serialization.SystemTextJson;
using Analytics.Streaming;

[assembly: LambdaGlobalProperties(GenerateMain = true)]
[assembly: LambdaSerializer(typeof(SourceGeneratorLambdaJsonSerializer<BatchJsonContext>))]

namespace Analytics.Archive;

/// <summary>The function that archives every record: events by hour of arrival, and malformed records in quarantine.</summary>
internal sealed class Function(BatchProcessor processor, ArchiveWriter writer, Action<ArchiveTotals> emit, EventTimeBounds bounds)
{
    /// <summary>Archives a batch.</summary>
    [LambdaFunction]
    public Task<StreamsEventResponse> HandleAsync(KinesisEvent kinesisEvent, ILambdaContext context) =>
        processor.ProcessAsync(kinesisEvent, context, batch => new ArchiveFold(batch, bounds), CommitAsync);

    private async Task<CommitResult> CommitAsync(ArchiveFold fold, CancellationToken cancellationToken)
    {
        var outcome = await writer.WriteAsync(fold, cancellationToken).ConfigureAwait(false);
        emit(outcome.Done);
        return outcome.Result;
    }
}
