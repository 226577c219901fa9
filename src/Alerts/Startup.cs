using Amazon.DynamoDBv2;
using Amazon.Lambda.Annotations;
using Amazon.SimpleNotificationService;
using Analytics.Streaming;
using Analytics.Tables;
using Microsoft.Extensions.DependencyInjection;

namespace Analytics.Alerts;

/// <summary>Puts the function together from its environment and definitions.json.</summary>
[LambdaStartup]
public sealed class Startup
{
    /// <summary>Adds the function and what it needs.</summary>
    public void ConfigureServices(IServiceCollection services) => FunctionSettings.Configure(settings =>
    {
        var table = settings.Required("COUNTERS_TABLE", "the name of the counters' table, which holds the claims");
        var topic = settings.Required("ALERTS_TOPIC_ARN", "the ARN of the alerts' topic");
        var definitions = settings.Definitions;
        var bounds = settings.EventTimeBounds;
        services.AddSingleton(_ =>
        {
            var dynamoDb = new AmazonDynamoDBClient(AwsClients.Configure(new AmazonDynamoDBConfig()));
            var sns = new AmazonSimpleNotificationServiceClient(AwsClients.Configure(new AmazonSimpleNotificationServiceConfig()));
            var batches = new TableBatches(
                dynamoDb, table, AlertClaims.PartitionKey, AlertClaims.SortKey, TimeProvider.System, Random.Shared);
            var sender = new AlertSender(new AlertClaims(batches), new AlertPublisher(sns, topic));
            var processor = BatchProcessor.Create();
            return new Function(processor, sender, definitions.Alerts, bounds);
        });
    });
}
