using System.Text.Json;
using Amazon.SimpleNotificationService;
using Amazon.SimpleNotificationService.Model;
using Amazon.SQS;
using Amazon.SQS.Model;
using Analytics.Dashboard.Model;
using Analytics.Dashboard.State;

namespace Analytics.Dashboard.Parts;

/// <summary>The alerts of the pipeline on this machine, received from a queue that the page subscribes to the topic.</summary>
/// <param name="sns">The SNS client.</param>
/// <param name="sqs">The SQS client.</param>
/// <param name="topicArn">The topic.</param>
internal sealed class AlertsPart(IAmazonSimpleNotificationService sns, IAmazonSQS sqs, string topicArn) : IDashboardPart
{
    private const string QueueName = "analytics-dashboard-alerts";
    private const int MaxMessages = 10;

    /// <summary>The members of a message that only identify its record.</summary>
    private static readonly HashSet<string> Details =
        new(["rule", "timestamp", "event_id", "event_time", "shard_id", "sequence_number", "sub_sequence_number"], StringComparer.Ordinal);

    private readonly Feed _feed = new("alert");
    private string _queueUrl = "";

    /// <inheritdoc/>
    public string Name => "Alerts";

    /// <inheritdoc/>
    public TimeSpan Period { get; } = TimeSpan.FromMilliseconds(500);

    /// <inheritdoc/>
    public bool Owns(string key) => _feed.Owns(key);

    /// <summary>Creates and subscribes the queue; alerts published from then on are shown.</summary>
    public async Task SubscribeAsync(CancellationToken cancellationToken)
    {
        var queue = await sqs.CreateQueueAsync(new CreateQueueRequest { QueueName = QueueName }, cancellationToken);
        var attributes = await sqs.GetQueueAttributesAsync(
            new GetQueueAttributesRequest { QueueUrl = queue.QueueUrl, AttributeNames = ["QueueArn"] }, cancellationToken);
        await sns.SubscribeAsync(
            new SubscribeRequest { TopicArn = topicArn, Protocol = "sqs", Endpoint = attributes.Attributes!["QueueArn"] }, cancellationToken);
        _queueUrl = queue.QueueUrl;
    }

    /// <inheritdoc/>
    public async Task<DashboardEntries?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var page = await sqs.ReceiveMessageAsync(
                new ReceiveMessageRequest { QueueUrl = _queueUrl, MaxNumberOfMessages = MaxMessages, WaitTimeSeconds = 0 }, cancellationToken);
            if (page.Messages is not { Count: > 0 } messages)
            {
                return _feed.Read();
            }

            foreach (var message in messages)
            {
                _feed.Add(Read(message.Body));
            }

            await sqs.DeleteMessageBatchAsync(
                new DeleteMessageBatchRequest
                {
                    QueueUrl = _queueUrl,
                    Entries = [.. messages.Select((message, i) => new DeleteMessageBatchRequestEntry { Id = $"m{i}", ReceiptHandle = message.ReceiptHandle })],
                },
                cancellationToken);
        }
    }

    /// <summary>Parses a message in SNS's envelope for queues; messages that are not alerts of this pipeline are shown unchanged.</summary>
    internal static FeedItem Read(string body)
    {
        try
        {
            using var envelope = JsonDocument.Parse(body);
            var time = envelope.RootElement.GetProperty("Timestamp").GetDateTimeOffset();
            var subject = envelope.RootElement.TryGetProperty("Subject", out var given) && given.GetString() is { Length: > 0 } text ? text : "Alert";
            var message = envelope.RootElement.GetProperty("Message").GetString() ?? "";
            return new FeedItem(time, subject, ReadMessage(message));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or FormatException or InvalidOperationException)
        {
            return new FeedItem(DateTimeOffset.UnixEpoch, "Alert", [new FieldEntry("message", body)]);
        }
    }

    private static IReadOnlyList<FieldEntry> ReadMessage(string message)
    {
        try
        {
            using var json = JsonDocument.Parse(message);
            return json.RootElement.ValueKind != JsonValueKind.Object ? [new FieldEntry("message", message)]
            : [
                .. json.RootElement.EnumerateObject()
                    .Where(member => member.Value.ValueKind != JsonValueKind.Null)
                    .Select(member => new FieldEntry(member.Name, member.Value.ToString(), Details.Contains(member.Name)))
                    .OrderBy(field => field.IsDetail),
            ];
        }
        catch (JsonException)
        {
            return [new FieldEntry("message", message)];
        }
    }
}
