// The functions as AWS's tutorials for .NET write them, for the comparison in docs/performance.md. The variable _HANDLER names the function.
using Amazon.Lambda.Core;
using Amazon.Lambda.KinesisEvents;
using Amazon.Lambda.RuntimeSupport;
using Amazon.Lambda.Serialization.SystemTextJson;
using Analytics.Peer;
using AWS.Lambda.Powertools.BatchProcessing;
using AWS.Lambda.Powertools.BatchProcessing.Kinesis;
using AWS.Lambda.Powertools.Logging;
using AWS.Lambda.Powertools.Metrics;

IRecordHandler<KinesisEvent.KinesisEventRecord> handler = Environment.GetEnvironmentVariable("_HANDLER") switch
{
    "Archive" => new ArchiveHandler(),
    "Counters" => new CountersHandler(),
    "Results" => new ResultsHandler(),
    "Alerts" => new AlertsHandler(),
    var name => throw new InvalidOperationException($"There is no handler {name}."),
};

await LambdaBootstrapBuilder
    .Create<KinesisEvent, BatchItemFailuresResponse>(HandleAsync, new SourceGeneratorLambdaJsonSerializer<PeerJsonContext>())
    .Build()
    .RunAsync();

async Task<BatchItemFailuresResponse> HandleAsync(KinesisEvent kinesisEvent, ILambdaContext context)
{
    var result = await KinesisEventBatchProcessor.Instance.ProcessAsync(kinesisEvent, handler);
    Logger.LogInformation($"Processed {result.SuccessRecords.Count} records, {result.FailureRecords.Count} failures.");
    Metrics.Instance.Flush();
    return result.BatchItemFailuresResponse;
}
