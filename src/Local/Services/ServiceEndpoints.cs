using Amazon.Runtime;

namespace Analytics.Local.Services;

/// <summary>Where the services of a deployment are, and clients for them.</summary>
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

    /// <summary>The region, <c>us-east-1</c> unless AWS_REGION or AWS_DEFAULT_REGION says another.</summary>
    public string Region { get; }

    /// <summary>The credentials of AWS_ACCESS_KEY_ID and its like where they are set, otherwise made-up ones: emulators check none.</summary>
    public AWSCredentials Credentials { get; }

    /// <summary>The address of a service.</summary>
    public Uri this[AwsService service] => _uris[service];

    /// <summary>The services of a deployment in another process of this machine, which check no credentials.</summary>
    /// <param name="uris">Their addresses.</param>
    /// <param name="region">Their region.</param>
    public static ServiceEndpoints Create(IReadOnlyDictionary<AwsService, Uri> uris, string region) => new(uris, region, MadeUpCredentials);

    /// <summary>The endpoints that AWS_ENDPOINT_URL and AWS_ENDPOINT_URL_SERVICE name; a service that they do not name is missing.</summary>
    /// <exception cref="LocalDeploymentException">A variable holds no http address.</exception>
    internal static Dictionary<AwsService, Uri> FromEnvironment(Func<string, string?> variable)
    {
        var uris = new Dictionary<AwsService, Uri>();
        foreach (var service in AwsServices.All)
        {
            foreach (var name in (string[])[AwsServices.EndpointVariableOf(service), AwsServices.EndpointVariable])
            {
                if (variable(name) is { Length: > 0 } text)
                {
                    uris[service] = Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
                        ? uri
                        : throw new LocalDeploymentException($"{name}={text} is no address: give it as http://127.0.0.1:4566");
                    break;
                }
            }
        }

        return uris;
    }

    /// <summary>The region that the environment names.</summary>
    internal static string RegionFromEnvironment(Func<string, string?> variable) =>
        variable("AWS_REGION") is { Length: > 0 } region ? region
        : variable("AWS_DEFAULT_REGION") is { Length: > 0 } second ? second
        : DefaultRegion;

    /// <summary>The environment's credentials, or made-up ones.</summary>
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

    /// <summary>The same region and credentials at one other address for all services: a proxy before them.</summary>
    internal ServiceEndpoints At(Uri address) => new(AwsServices.All.ToDictionary(service => service, _ => address), Region, Credentials);

    /// <summary>What a process needs in its environment to find the services.</summary>
    internal IEnumerable<KeyValuePair<string, string>> Environment()
    {
        foreach (var (service, uri) in _uris)
        {
            yield return new(AwsServices.EndpointVariableOf(service), uri.AbsoluteUri.TrimEnd('/'));
        }

        var credentials = Credentials.GetCredentials();
        yield return new("AWS_REGION", Region);
        yield return new("AWS_DEFAULT_REGION", Region);
        yield return new("AWS_ACCESS_KEY_ID", credentials.AccessKey);
        yield return new("AWS_SECRET_ACCESS_KEY", credentials.SecretKey);
        yield return new("AWS_SESSION_TOKEN", credentials.Token is { Length: > 0 } token ? token : "local");
    }
}
