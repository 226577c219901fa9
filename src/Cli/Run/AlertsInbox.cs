using System.Text.Json;
using Amazon.SimpleNotificationService.Model;
using Amazon.SQS;
using Amazon.SQS.Model;
using Analytics.Cli.Shared.Targets;
using Analytics.Local.Deployment;

namespace Analytics.Cli.Run;

/// <summary>A queue that a run subscribes to the alerts topic to receive the published messages.</summary>
internal sealed class AlertsInbox : IDisposable
{
    private const string QueueName = "analytics-run-alerts";
    private readonly IAmazonSQS _sqs;
    private readonly string _queueUrl;

    private AlertsInbox(IAmazonSQS sqs, string queueUrl)
    {
        _sqs = sqs;
        _queueUrl = queueUrl;
    }

    /// <summary>Creates and subscribes the queue.</summary>
    public static async Task<AlertsInbox> SubscribeAsync(LocalDeployment deployment, CancellationToken cancellationToken)
    {
        var sqs = deployment.Endpoints.CreateSqs();
        using var sns = deployment.Endpoints.CreateSns();
        var queue = await sqs.CreateQueueAsync(new CreateQueueRequest { QueueName = QueueName }, cancellationToken);
        var attributes = await sqs.GetQueueAttributesAsync(
            new GetQueueAttributesRequest { QueueUrl = queue.QueueUrl, AttributeNames = ["QueueArn"] }, cancellationToken);
        await sns.SubscribeAsync(
            new SubscribeRequest
            {
                TopicArn = deployment.Resources[ResourceNames.AlertsTopic].PhysicalId,
                Protocol = "sqs",
                Endpoint = attributes.Attributes!["QueueArn"],
            },
            cancellationToken);
        return new AlertsInbox(sqs, queue.QueueUrl);
    }

    /// <summary>Returns the messages published so far in SNS's envelope for queues: one JSON object per line.</summary>
    public async Task<List<string>> ReadAsync(CancellationToken cancellationToken)
    {
        var messages = new List<string>();
        await foreach (var body in QueueScan.ReadAsync(_sqs, _queueUrl, cancellationToken))
        {
            using var json = JsonDocument.Parse(body);
            messages.Add(JsonLine.Format(json.RootElement));
        }

        return messages;
    }

    public void Dispose() => _sqs.Dispose();
}
