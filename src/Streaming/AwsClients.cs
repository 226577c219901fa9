using Amazon.Runtime;

namespace Analytics.Streaming;

/// <summary>The common configuration of the functions' AWS clients.</summary>
public static class AwsClients
{
    /// <summary>Timeout of an attempt.</summary>
    public static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Connect timeout. Within a region a connection takes milliseconds, so a longer wait indicates a lost packet.</summary>
    public static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(2);

    /// <summary>Maximum number of retries. Further retries are left to Lambda, which does not use memory or billed duration for them.</summary>
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
    /// Returns whether the environment sets a custom endpoint for a service (<c>AWS_ENDPOINT_URL_S3</c>, or <c>AWS_ENDPOINT_URL</c> for all).
    /// S3 buckets must then be addressed by path, because such a host has no subdomains.
    /// </summary>
    /// <param name="read">Returns a variable's value, or null.</param>
    /// <param name="service">The service as in the variable's name, for example <c>S3</c>.</param>
    public static bool HasOwnEndpoint(Func<string, string?> read, string service)
    {
        ArgumentNullException.ThrowIfNull(read);
        return !string.IsNullOrWhiteSpace(read($"AWS_ENDPOINT_URL_{service}")) || !string.IsNullOrWhiteSpace(read("AWS_ENDPOINT_URL"));
    }
}
