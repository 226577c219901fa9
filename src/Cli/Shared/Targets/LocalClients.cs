using Amazon.Runtime;

namespace Analytics.Cli.Shared.Targets;

/// <summary>Makes clients for the services of a running <c>analytics up</c>.</summary>
internal static class LocalClients
{
    /// <summary>Credentials for services on this machine, which check none.</summary>
    public static AWSCredentials Credentials { get; } = new BasicAWSCredentials("local", "local");

    /// <summary>Points a client's settings at a service.</summary>
    public static TConfig Configure<TConfig>(LocalState state, string service, TConfig config)
        where TConfig : ClientConfig
    {
        config.ServiceURL = state.Endpoints[service].AbsoluteUri;
        config.AuthenticationRegion = state.Region;
        return config;
    }
}
