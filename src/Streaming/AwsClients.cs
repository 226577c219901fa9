using Amazon.Runtime;

namespace Analytics.Streaming;

/// <summary>How the functions' AWS clients behave, all alike.</summary>
public static class AwsClients
{
    /// <summary>How long one attempt may take.</summary>
    public static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(10);

    /// <summary>How long a connection may take to come about: within a region it is milliseconds, so a longer wait is a lost packet.</summary>
    public static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(2);

    /// <summary>Attempts after the first; beyond them Lambda's own retry is the better one, as it holds no memory and no time.</summary>
    public const int Retries = 3;

    /// <summary>Sets retries and time limits. Region, credentials and endpoint come from the standard environment variables.</summary>
    /// <returns>The same configuration.</returns>
    public static TConfig Configure<TConfig>(TConfig config)
        where TConfig : ClientConfig
    {
        ArgumentNullException.ThrowIfNull(config);
        config.RetryMode = RequestRetryMode.Standard;
        config.MaxErrorRetry = Retries;
        config.Timeout = AttemptTimeout;
        config.ConnectTimeout = ConnectTimeout;
        return config;
    }

    /// <summary>
    /// Whether the environment names an endpoint of its own for a service (<c>AWS_ENDPOINT_URL_S3</c>, or <c>AWS_ENDPOINT_URL</c> for all),
    /// so that it is not AWS's. Then S3's buckets have to be addressed by path: such a host has no subdomains.
    /// </summary>
    /// <param name="read">Gives a variable's value, or null.</param>
    /// <param name="service">The service as in the variable's name, for example <c>S3</c>.</param>
    public static bool HasOwnEndpoint(Func<string, string?> read, string service)
    {
        ArgumentNullException.ThrowIfNull(read);
        return !string.IsNullOrWhiteSpace(read($"AWS_ENDPOINT_URL_{service}")) || !string.IsNullOrWhiteSpace(read("AWS_ENDPOINT_URL"));
    }
}
