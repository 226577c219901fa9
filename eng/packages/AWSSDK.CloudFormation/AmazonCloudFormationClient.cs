using Amazon.CloudFormation.Internal;
using Amazon.CloudFormation.Model;
using Amazon.Protocols;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.CloudFormation;

/// <summary>AWS CloudFormation, over HTTPS with Signature Version 4. Safe for concurrent use.</summary>
public class AmazonCloudFormationClient : AmazonServiceClient, IAmazonCloudFormation
{
    internal const string ServiceId = "CloudFormation";

    private static readonly ServiceMetadata Metadata = new(ServiceId);

    /// <summary>A client with the credentials, region and endpoint of the environment.</summary>
    public AmazonCloudFormationClient()
        : this(new AmazonCloudFormationConfig())
    {
    }

    /// <summary>A client for a region, with the credentials of the environment.</summary>
    public AmazonCloudFormationClient(RegionEndpoint region)
        : this(new AmazonCloudFormationConfig { RegionEndpoint = region })
    {
    }

    /// <summary>A client with the credentials of the environment.</summary>
    public AmazonCloudFormationClient(AmazonCloudFormationConfig config)
        : base(config)
    {
    }

    /// <summary>A client with the region and endpoint of the environment.</summary>
    public AmazonCloudFormationClient(AWSCredentials credentials)
        : this(credentials, new AmazonCloudFormationConfig())
    {
    }

    /// <summary>A client for a region.</summary>
    public AmazonCloudFormationClient(AWSCredentials credentials, RegionEndpoint region)
        : this(credentials, new AmazonCloudFormationConfig { RegionEndpoint = region })
    {
    }

    /// <summary>A client with explicit credentials and configuration.</summary>
    public AmazonCloudFormationClient(AWSCredentials credentials, AmazonCloudFormationConfig clientConfig)
        : base(credentials, clientConfig)
    {
    }

    /// <inheritdoc/>
    protected override IServiceMetadata ServiceMetadata => Metadata;

    /// <inheritdoc/>
    public virtual Task<DescribeStacksResponse> DescribeStacksAsync(DescribeStacksRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<DescribeStacksResponse>(request, Operations.DescribeStacks, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<ListStackResourcesResponse> ListStackResourcesAsync(ListStackResourcesRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<ListStackResourcesResponse>(request, Operations.ListStackResources, cancellationToken);

    /// <inheritdoc/>
    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline) => ServiceDefaults.Customize(pipeline);
}
