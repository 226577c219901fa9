using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Amazon.Lambda.KinesisEvents;
using Amazon.Lambda.Serialization.SystemTextJson;
using Analytics.Events.Definitions;
using Analytics.Streaming;

[assembly: LambdaGlobalProperties(GenerateMain = true)]
[assembly: LambdaSerializer(typeof(SourceGeneratorLambdaJsonSerializer<BatchJsonContext>))]

namespace Analytics.Alerts;

/// <summary>The function that notifies of the events that definitions.json says to alert on, each once.</summary>
public sealed class Function
{
    private readonly BatchProcessor _processor;
    private readonly AlertSender _sender;
    private readonly IReadOnlyList<AlertDefinition> _definitions;
    private readonly EventTimeBounds _bounds;

    internal Function(BatchProcessor processor, AlertSender sender, IReadOnlyList<AlertDefinition> definitions, EventTimeBounds bounds)
    {
        _processor = processor;
        _sender = sender;
        _definitions = definitions;
        _bounds = bounds;
    }

    /// <summary>Sends the alerts of one batch.</summary>
    [LambdaFunction]
    public Task<StreamsEventResponse> HandleAsync(KinesisEvent kinesisEvent, ILambdaContext context) =>
        _processor.ProcessAsync(kinesisEvent, context, batch => new AlertsFold(batch, _definitions, _bounds), _sender.SendAsync);
}
