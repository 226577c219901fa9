using Amazon.CloudFormation;
using Amazon.Lambda;
using Amazon.Lambda.Model;
using Amazon.Runtime;
using Analytics.Cli.Targets;

namespace Analytics.Cli.Invoking;

/// <summary>Invokes functions through Lambda's interface, of AWS or of a running <c>analytics up</c>.</summary>
internal static class RemoteFunction
{
    private const string FunctionType = "AWS::Lambda::Function";

    /// <summary>Invokes a function of a stack on AWS.</summary>
    /// <exception cref="UserException">There is no such stack or function, or AWS refuses.</exception>
    public static async Task<FunctionAnswer> InvokeInStackAsync(
        string stack, string function, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        using var cloudFormation = AwsClients.Create(() => new AmazonCloudFormationClient());
        var resources = await StackLookup.ResourcesAsync(cloudFormation, stack, cancellationToken);
        var functions = resources.Values.Where(resource => resource is { ResourceType: FunctionType, PhysicalResourceId: not null })
            .ToDictionary(resource => resource.LogicalResourceId, resource => resource.PhysicalResourceId!, StringComparer.Ordinal);
        using var lambda = AwsClients.Create(() => new AmazonLambdaClient());
        return await InvokeAsync(lambda, NameOf(function, functions, $"the stack {stack}"), payload, $"Its log is the group /aws/lambda/{function} of CloudWatch Logs.", cancellationToken);
    }

    /// <summary>Invokes a function of the pipeline that runs on this machine.</summary>
    /// <exception cref="UserException">There is no such function.</exception>
    public static async Task<FunctionAnswer> InvokeAsync(
        LocalState local, string function, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        var functions = local.Functions.ToDictionary(id => id, id => local.Resources[id], StringComparer.Ordinal);
        using var lambda = new AmazonLambdaClient(LocalClients.Credentials, LocalClients.Configure(local, "lambda", new AmazonLambdaConfig()));
        return await InvokeAsync(lambda, NameOf(function, functions, "the pipeline that runs here"), payload, "Its log is in .analytics/logs.", cancellationToken);
    }

    private static string NameOf(string function, Dictionary<string, string> functions, string where) =>
        functions.TryGetValue(function, out var name) ? name
        : functions.ContainsValue(function) ? function
        : throw new UserException($"there is no function {function} in {where}: there are {string.Join(", ", functions.Keys)}.");

    private static async Task<FunctionAnswer> InvokeAsync(
        IAmazonLambda lambda, string name, ReadOnlyMemory<byte> payload, string log, CancellationToken cancellationToken)
    {
        try
        {
            using var stream = new MemoryStream(payload.ToArray(), writable: false);
            var response = await lambda.InvokeAsync(new InvokeRequest { FunctionName = name, PayloadStream = stream }, cancellationToken);
            return new FunctionAnswer(response.Payload.ToArray(), response.FunctionError is { Length: > 0 } error ? error : null, log);
        }
        catch (AmazonServiceException e)
        {
            throw new UserException($"{name} cannot be invoked: {e.Message} Check the function, the region and the credentials.", e);
        }
    }
}
