using Amazon.Protocols;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;

namespace Amazon.Lambda;

/// <summary>How a client reaches AWS Lambda. Region, endpoint and the rest come from the environment unless they are set.</summary>
public class AmazonLambdaConfig : ClientConfig
{
    private static readonly string UserAgentText = ServiceDefaults.UserAgent(AmazonLambdaClient.ServiceId);

    /// <summary>The configuration as the environment has it.</summary>
    public AmazonLambdaConfig()
        : base(ServiceDefaults.Configuration())
    {
        ServiceId = AmazonLambdaClient.ServiceId;
        AuthenticationServiceName = "lambda";
        EndpointProvider = new ServiceEndpointProvider("lambda");
    }

    /// <inheritdoc/>
    public override string RegionEndpointServiceName => "lambda";

    /// <inheritdoc/>
    public override string ServiceVersion => "2015-03-31";

    /// <inheritdoc/>
    public override string UserAgent => UserAgentText;

    /// <inheritdoc/>
    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        ServiceEndpointResolver.Determine(this, AmazonLambdaClient.ServiceId, parameters);
}
