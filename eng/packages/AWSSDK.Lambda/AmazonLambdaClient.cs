using Amazon.Lambda.Internal;
using Amazon.Lambda.Model;
using Amazon.Protocols;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.Lambda;

/// <summary>AWS Lambda, over HTTPS with Signature Version 4. Safe for concurrent use.</summary>
public class AmazonLambdaClient : AmazonServiceClient, IAmazonLambda
{
    internal const string ServiceId = "Lambda";

    private static readonly ServiceMetadata Metadata = new(ServiceId);

    /// <summary>A client with the credentials, region and endpoint of the environment.</summary>
    public AmazonLambdaClient()
        : this(new AmazonLambdaConfig())
    {
    }

    /// <summary>A client for a region, with the credentials of the environment.</summary>
    public AmazonLambdaClient(RegionEndpoint region)
        : this(new AmazonLambdaConfig { RegionEndpoint = region })
    {
    }

    /// <summary>A client with the credentials of the environment.</summary>
    public AmazonLambdaClient(AmazonLambdaConfig config)
        : base(config)
    {
    }

    /// <summary>A client with the region and endpoint of the environment.</summary>
    public AmazonLambdaClient(AWSCredentials credentials)
        : this(credentials, new AmazonLambdaConfig())
    {
    }

    /// <summary>A client for a region.</summary>
    public AmazonLambdaClient(AWSCredentials credentials, RegionEndpoint region)
        : this(credentials, new AmazonLambdaConfig { RegionEndpoint = region })
    {
    }

    /// <summary>A client with explicit credentials and configuration.</summary>
    public AmazonLambdaClient(AWSCredentials credentials, AmazonLambdaConfig clientConfig)
        : base(credentials, clientConfig)
    {
    }

    /// <inheritdoc/>
    protected override IServiceMetadata ServiceMetadata => Metadata;

    /// <inheritdoc/>
    public virtual Task<InvokeResponse> InvokeAsync(InvokeRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<InvokeResponse>(request, Operations.Invoke, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<GetFunctionConfigurationResponse> GetFunctionConfigurationAsync(
        GetFunctionConfigurationRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<GetFunctionConfigurationResponse>(request, Operations.GetFunctionConfiguration, cancellationToken);

    /// <inheritdoc/>
    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline) => ServiceDefaults.Customize(pipeline);
}
