using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Amazon.Lambda.KinesisEvents;
using Amazon.Lambda.Serialization.SystemTextJson;
using Analytics.Streaming;

[assembly: LambdaGlobalProperties(GenerateMain = true)]
[assembly: LambdaSerializer(typeof(SourceGeneratorLambdaJsonSerializer<BatchJsonContext>))]

namespace Analytics.Replicator;

/// <summary>The function that copies the stream to one in another region.</summary>
internal sealed class Function(BatchProcessor processor, ReplicaWriter writer)
{
    /// <summary>Copies a batch.</summary>
    [LambdaFunction]
    public Task<StreamsEventResponse> HandleAsync(KinesisEvent kinesisEvent, ILambdaContext context) =>
        processor.ProcessAsync(
            kinesisEvent, context, batch => new ReplicaFold(batch), (fold, token) => writer.WriteAsync(fold.Rounds, token));
}
