using Amazon.DynamoDBv2;
using Amazon.Lambda.Annotations;
using Analytics.Streaming;
using Analytics.Tables;
using Microsoft.Extensions.DependencyInjection;

namespace Analytics.Results;

/// <summary>Configures the function from its environment.</summary>
[LambdaStartup]
public sealed class Startup
{
    private const int DefaultRetentionDays = 30;
    private const int MaxRetentionDays = 3653;

    /// <summary>Registers the function and its dependencies.</summary>
    public void ConfigureServices(IServiceCollection services) => FunctionSettings.Configure(settings =>
    {
        var table = settings.Required("RESULTS_TABLE", "the name of the results table");
        var retention = TimeSpan.FromDays(settings.Number("RESULTS_RETENTION_DAYS", DefaultRetentionDays, 1, MaxRetentionDays));
        var metrics = new ResultsMetrics(settings.MetricsNamespace("RealTimeAnalytics"));
        var items = new ResultSettings(settings.EventTimeBounds, retention);
        services.AddSingleton(_ =>
        {
            var dynamoDb = new AmazonDynamoDBClient(AwsClients.Configure(new AmazonDynamoDBConfig()));
            var batches = new TableBatches(dynamoDb, table, ResultItem.EventId, ResultItem.Timestamp, TimeProvider.System, Random.Shared);
            var processor = BatchProcessor.Create();
            return new Function(processor, batches, metrics, items);
        });
    });
}
