using Amazon.DynamoDBv2;
using Amazon.Lambda.Annotations;
using Amazon.SimpleNotificationService;
using Analytics.Alerting.Publishing;
using Analytics.Alerting.Windows;
using Analytics.Counting;
using Analytics.Streaming;
using Microsoft.Extensions.DependencyInjection;

namespace Analytics.Anomalies;

/// <summary>Registers the function's services from the environment and definitions.json.</summary>
[LambdaStartup]
public sealed class Startup
{
    /// <summary>Adds the function and its dependencies.</summary>
    public void ConfigureServices(IServiceCollection services) => FunctionSettings.Configure(settings =>
    {
        var table = settings.Required("COUNTERS_TABLE", "the name of the counters table");
        var topic = settings.Required("ALERTS_TOPIC_ARN", "the ARN of the alerts topic");
        var link = settings.Optional("ALERTS_LINK");
        var definitions = settings.Definitions;
        var batchingWindow = settings.CountersBatchingWindow;
        var metrics = new AnomalyMetrics(settings.MetricsNamespace("KinesisAnalytics"));
        services.AddSingleton(_ =>
        {
            var dynamoDb = new AmazonDynamoDBClient(AwsClients.Configure(new AmazonDynamoDBConfig()));
            var sns = new AmazonSimpleNotificationServiceClient(AwsClients.Configure(new AmazonSimpleNotificationServiceConfig()));
            var windows = new ClosedWindowReader(definitions, dynamoDb, table, batchingWindow);
            var runner = new WindowRuleRunner(definitions, windows, dynamoDb, table, new AlertPublisher(sns, topic), link, TimeProvider.System);
            return new Function(runner, metrics.Emit, TimeProvider.System);
        });
    });
}
