using Amazon.Protocols;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;

namespace Amazon.SimpleNotificationService;

/// <summary>How a client reaches Amazon SNS. Region, endpoint and the rest come from the environment unless they are set.</summary>
public class AmazonSimpleNotificationServiceConfig : ClientConfig
{
    private static readonly string UserAgentText = ServiceDefaults.UserAgent(AmazonSimpleNotificationServiceClient.ServiceId);

    /// <summary>The configuration as the environment has it.</summary>
    public AmazonSimpleNotificationServiceConfig()
        : base(ServiceDefaults.Configuration())
    {
        ServiceId = AmazonSimpleNotificationServiceClient.ServiceId;
        AuthenticationServiceName = "sns";
        EndpointProvider = new ServiceEndpointProvider("sns");
    }

    /// <inheritdoc/>
    public override string RegionEndpointServiceName => "sns";

    /// <inheritdoc/>
    public override string ServiceVersion => "2010-03-31";

    /// <inheritdoc/>
    public override string UserAgent => UserAgentText;

    /// <inheritdoc/>
    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        ServiceEndpointResolver.Determine(this, AmazonSimpleNotificationServiceClient.ServiceId, parameters);
}
