using Amazon.DynamoDBv2;
using Amazon.Lambda.Annotations;
using Analytics.Counting;
using Analytics.Events;
using Analytics.Streaming;
using Microsoft.Extensions.DependencyInjection;

namespace Analytics.Counters;

/// <summary>Configures the function from its environment.</summary>
[LambdaStartup]
public sealed class Startup
{
    /// <summary>Registers the function and its dependencies.</summary>
    public void ConfigureServices(IServiceCollection services) => FunctionSettings.Configure(settings =>
    {
        var table = settings.Required("COUNTERS_TABLE", "the name of the counters table");
        var reader = new EventReader(EventLimits.Default);
        var plan = new CounterPlan(settings.Definitions, reader, settings.EventTimeBounds);
        var metrics = new CounterMetrics(settings.MetricsNamespace("KinesisAnalytics"));
        services.AddSingleton(_ =>
        {
            var dynamoDb = new AmazonDynamoDBClient(AwsClients.Configure(new AmazonDynamoDBConfig()));
            var committer = new CounterCommitter(plan, dynamoDb, table, TimeProvider.System);
            return new Function(BatchProcessor.Create(), plan, committer, metrics.Emit);
        });
    });
}
