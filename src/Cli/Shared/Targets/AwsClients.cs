using Amazon.Runtime;
using Analytics.Cli.Shared.Commands;

namespace Analytics.Cli.Shared.Targets;

/// <summary>Makes clients for AWS by the environment: region, profile, credentials.</summary>
internal static class AwsClients
{
    /// <summary>Makes a client.</summary>
    /// <exception cref="UserException">The environment does not say enough.</exception>
    public static T Create<T>(Func<T> create)
    {
        try
        {
            return create();
        }
        catch (AmazonClientException e)
        {
            throw new UserException($"AWS cannot be reached: {e.Message} Set AWS_REGION and credentials, for example by AWS_PROFILE.", e);
        }
    }
}
