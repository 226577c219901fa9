using Amazon.Protocols;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;

namespace Amazon.SQS;

/// <summary>How a client reaches Amazon SQS. Region, endpoint and the rest come from the environment unless they are set.</summary>
public class AmazonSQSConfig : ClientConfig
{
    private static readonly string UserAgentText = ServiceDefaults.UserAgent(AmazonSQSClient.ServiceId);

    /// <summary>The configuration as the environment has it.</summary>
    public AmazonSQSConfig()
        : base(ServiceDefaults.Configuration())
    {
        ServiceId = AmazonSQSClient.ServiceId;
        AuthenticationServiceName = "sqs";
        EndpointProvider = new ServiceEndpointProvider("sqs");
    }

    /// <inheritdoc/>
    public override string RegionEndpointServiceName => "sqs";

    /// <inheritdoc/>
    public override string ServiceVersion => "2012-11-05";

    /// <inheritdoc/>
    public override string UserAgent => UserAgentText;

    /// <inheritdoc/>
    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        ServiceEndpointResolver.Determine(this, AmazonSQSClient.ServiceId, parameters);
}
