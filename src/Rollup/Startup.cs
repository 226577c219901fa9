using Amazon.DynamoDBv2;
using Amazon.Lambda.Annotations;
using Analytics.Counting;
using Analytics.Streaming;
using Microsoft.Extensions.DependencyInjection;

namespace Analytics.Rollup;

/// <summary>Configures the function from its environment.</summary>
[LambdaStartup]
public sealed class Startup
{
    /// <summary>Registers the function and its dependencies.</summary>
    public void ConfigureServices(IServiceCollection services) => FunctionSettings.Configure(settings =>
    {
        var table = settings.Required("COUNTERS_TABLE", "the name of the counters table");
        var batchingWindow = settings.CountersBatchingWindow;
        services.AddSingleton(_ =>
        {
            var dynamoDb = new AmazonDynamoDBClient(AwsClients.Configure(new AmazonDynamoDBConfig()));
            return new Function(new CounterRollup(dynamoDb, table, TimeProvider.System, batchingWindow), TimeProvider.System);
        });
    });
}
