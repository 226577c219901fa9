using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;
using Amazon.Runtime;
using Analytics.Cli.Shared.Commands;

namespace Analytics.Cli.Shared.Targets;

/// <summary>The resources of a stack on AWS.</summary>
internal static class StackLookup
{
    /// <summary>Returns the physical IDs of a stack's resources by logical ID.</summary>
    /// <exception cref="UserException">There is no such stack, or AWS cannot be reached.</exception>
    public static async Task<IReadOnlyDictionary<string, StackResourceSummary>> ResourcesAsync(
        IAmazonCloudFormation client, string stack, CancellationToken cancellationToken)
    {
        var resources = new Dictionary<string, StackResourceSummary>(StringComparer.Ordinal);
        string? next = null;
        do
        {
            var page = await CallAsync(stack, () => client.ListStackResourcesAsync(
                new ListStackResourcesRequest { StackName = stack, NextToken = next }, cancellationToken));
            foreach (var resource in page.StackResourceSummaries ?? [])
            {
                resources[resource.LogicalResourceId] = resource;
            }

            next = page.NextToken;
        }
        while (next is not null);
        return resources;
    }

    private static async Task<T> CallAsync<T>(string stack, Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (AmazonServiceException e)
        {
            throw new UserException($"the stack {stack} cannot be looked up: {e.Message} Check its name, the region (AWS_REGION) and the credentials.", e);
        }
        catch (AmazonClientException e)
        {
            throw new UserException($"the stack {stack} cannot be looked up: {e.Message} Set AWS_REGION and credentials, for example with AWS_PROFILE.", e);
        }
    }
}
