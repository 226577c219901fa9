using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Util;

namespace Amazon.Protocols;

/// <summary>The settings that determine a service's endpoint.</summary>
internal sealed class ServiceEndpointParameters : EndpointParameters
{
    public string? ServiceUrl { get; init; }

    public string? Region { get; init; }

    public bool UseFips { get; init; }

    public bool UseDualStack { get; init; }
}

/// <summary>
/// A service's endpoint: the configured URL, or <c>https://service.region.suffix</c> with the partition's suffix,
/// https://docs.aws.amazon.com/general/latest/gr/rande.html.
/// </summary>
internal sealed class ServiceEndpointProvider(string hostPrefix) : IEndpointProvider
{
    public Endpoint ResolveEndpoint(EndpointParameters parameters)
    {
        var wanted = (ServiceEndpointParameters)parameters;
        if (!string.IsNullOrEmpty(wanted.ServiceUrl))
        {
            return new Endpoint(wanted.ServiceUrl);
        }

        if (string.IsNullOrEmpty(wanted.Region))
        {
            throw new AmazonClientException("No region is configured: set AWS_REGION, or AWS_ENDPOINT_URL for another endpoint.");
        }

        var host = wanted.UseFips ? hostPrefix + "-fips" : hostPrefix;
        return new Endpoint($"https://{host}.{wanted.Region}.{Suffix(wanted)}/");
    }

    private static string Suffix(ServiceEndpointParameters wanted)
    {
        var partition = RegionEndpoint.GetBySystemName(wanted.Region);
        return (wanted.UseDualStack, partition.PartitionName) switch
        {
            (false, _) => partition.PartitionDnsSuffix,
            (true, "aws" or "aws-us-gov") => "api.aws",
            (true, "aws-cn") => "api.amazonwebservices.com.cn",
            _ => throw new AmazonClientException($"No dual-stack endpoints are known for the region {wanted.Region}."),
        };
    }
}

/// <summary>Sets a request's endpoint from its client's configuration.</summary>
internal sealed class ServiceEndpointResolver : BaseEndpointResolver
{
    /// <summary>The endpoint of a client with this configuration.</summary>
    public static Endpoint Determine(ClientConfig config, string serviceId, ServiceOperationEndpointParameters parameters)
    {
        var requestContext = new RequestContext(false)
        {
            ClientConfig = config,
            OriginalRequest = parameters.Request,
            Request = new DefaultRequest(parameters.Request, serviceId) { AlternateEndpoint = parameters.AlternateEndpoint },
        };
        return new ServiceEndpointResolver().GetEndpoint(new Runtime.Internal.ExecutionContext(requestContext, null));
    }

    /// <inheritdoc/>
    protected override EndpointParameters MapEndpointsParameters(IRequestContext requestContext)
    {
        var config = requestContext.ClientConfig;
        var region = requestContext.Request.AlternateEndpoint?.SystemName ?? config.RegionEndpoint?.SystemName;
        if (region is null && !string.IsNullOrEmpty(config.ServiceURL))
        {
            region = string.IsNullOrEmpty(config.AuthenticationRegion)
                ? AWSSDKUtils.DetermineRegion(config.ServiceURL)
                : config.AuthenticationRegion;
        }

        return new ServiceEndpointParameters
        {
            ServiceUrl = config.ServiceURL,
            Region = region,
            UseFips = config.UseFIPSEndpoint,
            UseDualStack = config.UseDualstackEndpoint,
        };
    }
}
