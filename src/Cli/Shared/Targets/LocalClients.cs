using Amazon.Runtime;

namespace Analytics.Cli.Shared.Targets;

/// <summary>Creates clients for the services of a running <c>analytics up</c>.</summary>
internal static class LocalClients
{
    /// <summary>Credentials for local services, which do not check them.</summary>
    public static AWSCredentials Credentials { get; } = new BasicAWSCredentials("local", "local");

    /// <summary>Configures a client for a service.</summary>
    public static TConfig Configure<TConfig>(LocalState state, string service, TConfig config)
        where TConfig : ClientConfig
    {
        config.ServiceURL = state.Endpoints[service].AbsoluteUri;
        config.AuthenticationRegion = state.Region;
        return config;
    }
}
