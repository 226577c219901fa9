using Amazon.Protocols;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;

namespace Amazon.Kinesis;

/// <summary>How a client reaches Amazon Kinesis. Region, endpoint and the rest come from the environment unless they are set.</summary>
public class AmazonKinesisConfig : ClientConfig
{
    private static readonly string UserAgentText = ServiceDefaults.UserAgent(AmazonKinesisClient.ServiceId);

    /// <summary>The configuration as the environment has it.</summary>
    public AmazonKinesisConfig()
        : base(ServiceDefaults.Configuration())
    {
        ServiceId = AmazonKinesisClient.ServiceId;
        AuthenticationServiceName = "kinesis";
        EndpointProvider = new ServiceEndpointProvider("kinesis");
    }

    /// <inheritdoc/>
    public override string RegionEndpointServiceName => "kinesis";

    /// <inheritdoc/>
    public override string ServiceVersion => "2013-12-02";

    /// <inheritdoc/>
    public override string UserAgent => UserAgentText;

    /// <inheritdoc/>
    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        ServiceEndpointResolver.Determine(this, AmazonKinesisClient.ServiceId, parameters);
}
