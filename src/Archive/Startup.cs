using Amazon.Lambda.Annotations;
using Amazon.S3;
using Analytics.Streaming;
using Microsoft.Extensions.DependencyInjection;

namespace Analytics.Archive;

/// <summary>Configures the function from its environment.</summary>
[LambdaStartup]
public sealed class Startup
{
    /// <summary>Registers the function and its dependencies.</summary>
    public void ConfigureServices(IServiceCollection services) => FunctionSettings.Configure(settings =>
    {
        var bucket = settings.Required("ARCHIVE_BUCKET", "the name of the archive's bucket");
        var metrics = new ArchiveMetrics(settings.MetricsNamespace("KinesisAnalytics"));
        var bounds = settings.EventTimeBounds;
        services.AddSingleton(_ =>
        {
            var s3 = new AmazonS3Client(AwsClients.Configure(new AmazonS3Config
            {
                ForcePathStyle = AwsClients.HasOwnEndpoint(Environment.GetEnvironmentVariable, "S3"),
            }));
            var processor = BatchProcessor.Create();
            return new Function(processor, new ArchiveWriter(s3, bucket), metrics.Emit, bounds);
        });
    });
}
