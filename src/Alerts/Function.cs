using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Amazon.Lambda.KinesisEvents;
using Amazon.Lambda.Serialization.SystemTextJson;
using Analytics.Alerting.Sending;
using Analytics.Events;
using Analytics.Events.Definitions;
using Analytics.Streaming;

[assembly: LambdaGlobalProperties(GenerateMain = true)]
[assembly: LambdaSerializer(typeof(SourceGeneratorLambdaJsonSerializer<BatchJsonContext>))]

namespace Analytics.Alerts;

/// <summary>The function that sends an alert once for each event that matches a rule in definitions.json.</summary>
internal sealed class Function(
    BatchProcessor processor, EventAlertSender sender, IReadOnlyList<MatchRule> rules, EventReader reader, EventTimeBounds bounds)
{
    /// <summary>Sends the alerts of a batch.</summary>
    [LambdaFunction]
    public Task<StreamsEventResponse> HandleAsync(KinesisEvent kinesisEvent, ILambdaContext context) =>
        processor.ProcessAsync(
            kinesisEvent,
            context,
            batch => new AlertsFold(batch, rules, reader, bounds),
            (fold, cancellationToken) => sender.SendAsync(fold.ToBatch(), cancellationToken));
}
