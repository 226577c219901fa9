using Amazon;
using Amazon.Kinesis;
using Amazon.Lambda.Annotations;
using Analytics.Streaming;
using Microsoft.Extensions.DependencyInjection;

namespace Analytics.Replicator;

/// <summary>Configures the function from its environment.</summary>
[LambdaStartup]
public sealed class Startup
{
    /// <summary>Registers the function and its dependencies.</summary>
    public void ConfigureServices(IServiceCollection services) => FunctionSettings.Configure(settings =>
    {
        var region = settings.Required("REPLICA_REGION", "the region to copy to, for example eu-west-1");
        var stream = settings.Required("REPLICA_STREAM", "the name of the stream there");
        services.AddSingleton(_ =>
        {
            var kinesis = new AmazonKinesisClient(
                AwsClients.Configure(new AmazonKinesisConfig { RegionEndpoint = RegionEndpoint.GetBySystemName(region) }));
            var processor = BatchProcessor.Create();
            return new Function(processor, new ReplicaWriter(kinesis, stream, TimeProvider.System, Random.Shared));
        });
    });
}
