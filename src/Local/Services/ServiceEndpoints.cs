using Amazon.Runtime;

namespace Analytics.Local.Services;

/// <summary>The endpoints of a deployment's services, and clients for them.</summary>
public sealed partial class ServiceEndpoints
{
    /// <summary>The account of everything local.</summary>
    internal const string AccountId = "000000000000";

    private const string DefaultRegion = "us-east-1";
    private static readonly BasicAWSCredentials MadeUpCredentials = new("local", "local");

    private readonly Dictionary<AwsService, Uri> _uris;

    internal ServiceEndpoints(IReadOnlyDictionary<AwsService, Uri> uris, string region, AWSCredentials credentials)
    {
        _uris = new(uris);
        Region = region;
        Credentials = credentials;
    }

    /// <summary>The region: AWS_REGION, AWS_DEFAULT_REGION or <c>us-east-1</c>.</summary>
    public string Region { get; }

    /// <summary>The credentials from AWS_ACCESS_KEY_ID and related variables if they are set, otherwise dummy credentials, which emulators accept.</summary>
    public AWSCredentials Credentials { get; }

    /// <summary>The address of a service.</summary>
    public Uri this[AwsService service] => _uris[service];

    /// <summary>Creates the endpoints of a deployment in another process of this machine, which does not check credentials.</summary>
    /// <param name="uris">The addresses.</param>
    /// <param name="region">The region.</param>
    public static ServiceEndpoints Create(IReadOnlyDictionary<AwsService, Uri> uris, string region) => new(uris, region, MadeUpCredentials);

    /// <summary>Returns the endpoints in AWS_ENDPOINT_URL and AWS_ENDPOINT_URL_SERVICE; other services are missing.</summary>
    /// <exception cref="LocalDeploymentException">A variable is not an HTTP address.</exception>
    internal static Dictionary<AwsService, Uri> FromEnvironment(Func<string, string?> variable)
    {
        var uris = new Dictionary<AwsService, Uri>();
        foreach (var service in AwsServices.All)
        {
            foreach (var name in (string[])[AwsServices.GetEndpointVariable(service), AwsServices.EndpointVariable])
            {
                if (variable(name) is { Length: > 0 } text)
                {
                    uris[service] = Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
                        ? uri
                        : throw new LocalDeploymentException($"{name}={text} is not an address: use, for example, http://127.0.0.1:4566");
                    break;
                }
            }
        }

        return uris;
    }

    /// <summary>Returns the region from the environment.</summary>
    internal static string RegionFromEnvironment(Func<string, string?> variable) =>
        variable("AWS_REGION") is { Length: > 0 } region ? region
        : variable("AWS_DEFAULT_REGION") is { Length: > 0 } second ? second
        : DefaultRegion;

    /// <summary>Returns the environment's credentials, or dummy credentials.</summary>
    internal static AWSCredentials CredentialsFromEnvironment(Func<string, string?> variable)
    {
        if (variable("AWS_ACCESS_KEY_ID") is not { Length: > 0 } key || variable("AWS_SECRET_ACCESS_KEY") is not { Length: > 0 } secret)
        {
            return MadeUpCredentials;
        }

        return variable("AWS_SESSION_TOKEN") is { Length: > 0 } token
            ? new SessionAWSCredentials(key, secret, token)
            : new BasicAWSCredentials(key, secret);
    }

    /// <summary>Returns endpoints with the same region and credentials at a single address for all services: a proxy.</summary>
    internal ServiceEndpoints At(Uri address) => new(AwsServices.All.ToDictionary(service => service, _ => address), Region, Credentials);

    /// <summary>Returns the environment variables that a process needs to find the services.</summary>
    internal IEnumerable<KeyValuePair<string, string>> Environment()
    {
        foreach (var (service, uri) in _uris)
        {
            yield return new(AwsServices.GetEndpointVariable(service), uri.AbsoluteUri.TrimEnd('/'));
        }

        var credentials = Credentials.GetCredentials();
        yield return new("AWS_REGION", Region);
        yield return new("AWS_DEFAULT_REGION", Region);
        yield return new("AWS_ACCESS_KEY_ID", credentials.AccessKey);
        yield return new("AWS_SECRET_ACCESS_KEY", credentials.SecretKey);
        yield return new("AWS_SESSION_TOKEN", credentials.Token is { Length: > 0 } token ? token : "local");
    }
}
