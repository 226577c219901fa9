using System.Globalization;
using System.Text;
using System.Text.Json;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Lambda.KinesisEvents;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.SimpleNotificationService;
using Amazon.SimpleNotificationService.Model;
using AWS.Lambda.Powertools.BatchProcessing;
using AWS.Lambda.Powertools.Metrics;
using Metrics = AWS.Lambda.Powertools.Metrics.Metrics;

namespace Analytics.Peer;

/// <summary>Handles a record as the tutorials do: parse the event, one AWS call, one metric.</summary>
internal abstract class EventHandler : IRecordHandler<KinesisEvent.KinesisEventRecord>
{
    public async Task<RecordHandlerResult> HandleAsync(KinesisEvent.KinesisEventRecord record, CancellationToken cancellationToken)
    {
        var json = Encoding.UTF8.GetString(record.Kinesis.Data.ToArray());
        var pageEvent = JsonSerializer.Deserialize(json, PeerJsonContext.Default.PageEvent)!;
        await HandleAsync(record, json, pageEvent, cancellationToken);
        Metrics.AddMetric("ProcessedRecords", 1, MetricUnit.Count);
        return RecordHandlerResult.None;
    }

    protected static string Variable(string name) =>
        Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException($"Environment variable {name} is missing.");

    protected abstract Task HandleAsync(KinesisEvent.KinesisEventRecord record, string json, PageEvent pageEvent, CancellationToken cancellationToken);
}

/// <summary>Stores each event as an object.</summary>
internal sealed class ArchiveHandler : EventHandler
{
    private readonly AmazonS3Client _s3 = new(new AmazonS3Config { ForcePathStyle = true });
    private readonly string _bucket = Variable("ARCHIVE_BUCKET");

    protected override Task HandleAsync(KinesisEvent.KinesisEventRecord record, string json, PageEvent pageEvent, CancellationToken cancellationToken) =>
        _s3.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = _bucket,
                Key = string.Create(CultureInfo.InvariantCulture, $"events/{record.Kinesis.ApproximateArrivalTimestamp:yyyy/MM/dd/HH}/{record.Kinesis.SequenceNumber}.json"),
                ContentType = "application/json",
                ContentBody = json,
            },
            cancellationToken);
}

/// <summary>Adds 1 to the counter of the event's type and minute.</summary>
internal sealed class CountersHandler : EventHandler
{
    private readonly AmazonDynamoDBClient _dynamoDb = new();
    private readonly string _table = Variable("COUNTERS_TABLE");

    protected override Task HandleAsync(KinesisEvent.KinesisEventRecord record, string json, PageEvent pageEvent, CancellationToken cancellationToken) =>
        _dynamoDb.UpdateItemAsync(
            new UpdateItemRequest
            {
                TableName = _table,
                Key = new()
                {
                    ["pk"] = new AttributeValue(pageEvent.EventType ?? "unknown"),
                    ["sk"] = new AttributeValue(string.Create(CultureInfo.InvariantCulture, $"{record.Kinesis.ApproximateArrivalTimestamp:yyyy-MM-ddTHH:mm}")),
                },
                UpdateExpression = "ADD #count :one",
                ExpressionAttributeNames = new() { ["#count"] = "count" },
                ExpressionAttributeValues = new() { [":one"] = new AttributeValue { N = "1" } },
            },
            cancellationToken);
}

/// <summary>Stores each event as an item.</summary>
internal sealed class ResultsHandler : EventHandler
{
    private readonly AmazonDynamoDBClient _dynamoDb = new();
    private readonly string _table = Variable("RESULTS_TABLE");

    protected override Task HandleAsync(KinesisEvent.KinesisEventRecord record, string json, PageEvent pageEvent, CancellationToken cancellationToken)
    {
        var now = DateTimeOffset.UtcNow;
        return _dynamoDb.PutItemAsync(
            new PutItemRequest
            {
                TableName = _table,
                Item = new()
                {
                    ["eventId"] = new AttributeValue(record.EventId),
                    ["timestamp"] = new AttributeValue { N = new DateTimeOffset(record.Kinesis.ApproximateArrivalTimestamp!.Value).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture) },
                    ["eventType"] = new AttributeValue(pageEvent.EventType ?? "unknown"),
                    ["userId"] = new AttributeValue(pageEvent.UserId ?? "unknown"),
                    ["processedAt"] = new AttributeValue(now.ToString("o", CultureInfo.InvariantCulture)),
                    ["expiresAt"] = new AttributeValue { N = now.AddDays(30).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) },
                    ["rawData"] = new AttributeValue(json),
                },
            },
            cancellationToken);
    }
}

/// <summary>Publishes a message for each purchase above 500.</summary>
internal sealed class AlertsHandler : EventHandler
{
    private const decimal Threshold = 500;

    private readonly AmazonSimpleNotificationServiceClient _sns = new();
    private readonly string _topic = Variable("ALERTS_TOPIC_ARN");

    protected override Task HandleAsync(KinesisEvent.KinesisEventRecord record, string json, PageEvent pageEvent, CancellationToken cancellationToken) =>
        pageEvent is { EventType: "purchase", Amount: > Threshold }
            ? _sns.PublishAsync(
                new PublishRequest
                {
                    TopicArn = _topic,
                    Subject = "High-Value Order Detected",
                    Message = $"An order of {pageEvent.Amount} {pageEvent.Currency} was placed by user {pageEvent.UserId} for product {pageEvent.ProductId}.",
                },
                cancellationToken)
            : Task.CompletedTask;
}
