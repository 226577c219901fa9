using Amazon.Runtime;
using Analytics.Cli.Shared.Commands;

namespace Analytics.Cli.Shared.Targets;

/// <summary>Creates AWS clients from the environment: region, profile, credentials.</summary>
internal static class StackClients
{
    /// <summary>Creates a client.</summary>
    /// <exception cref="UserException">The environment lacks region or credentials.</exception>
    public static T Create<T>(Func<T> create)
    {
        try
        {
            return create();
        }
        catch (AmazonClientException e)
        {
            throw new UserException($"AWS cannot be reached: {e.Message} Set AWS_REGION and credentials, for example with AWS_PROFILE.", e);
        }
    }
}
