using Amazon.Protocols;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;

namespace Amazon.CloudFormation;

/// <summary>How a client reaches AWS CloudFormation. Region, endpoint and the rest come from the environment unless they are set.</summary>
public class AmazonCloudFormationConfig : ClientConfig
{
    private static readonly string UserAgentText = ServiceDefaults.UserAgent(AmazonCloudFormationClient.ServiceId);

    /// <summary>The configuration as the environment has it.</summary>
    public AmazonCloudFormationConfig()
        : base(ServiceDefaults.Configuration())
    {
        ServiceId = AmazonCloudFormationClient.ServiceId;
        AuthenticationServiceName = "cloudformation";
        EndpointProvider = new ServiceEndpointProvider("cloudformation");
    }

    /// <inheritdoc/>
    public override string RegionEndpointServiceName => "cloudformation";

    /// <inheritdoc/>
    public override string ServiceVersion => "2010-05-15";

    /// <inheritdoc/>
    public override string UserAgent => UserAgentText;

    /// <inheritdoc/>
    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        ServiceEndpointResolver.Determine(this, AmazonCloudFormationClient.ServiceId, parameters);
}
