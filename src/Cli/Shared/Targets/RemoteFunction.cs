using Amazon.Lambda.Model;
using Amazon.Runtime;
using Analytics.Cli.Shared.Commands;

namespace Analytics.Cli.Shared.Targets;

/// <summary>Invokes functions through the Lambda API of AWS or of a running <c>analytics up</c>.</summary>
internal static class RemoteFunction
{
    /// <summary>Invokes a function and waits for its response.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="function">The function's logical ID or name.</param>
    /// <param name="payload">The event as JSON.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="UserException">The function does not exist, or the invocation was rejected.</exception>
    public static async Task<FunctionAnswer> InvokeAsync(
        Pipeline pipeline, string function, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        var name = pipeline.FunctionName(function);
        try
        {
            using var stream = new MemoryStream(payload.ToArray(), writable: false);
            var response = await pipeline.Lambda.InvokeAsync(new InvokeRequest { FunctionName = name, PayloadStream = stream }, cancellationToken);
            return new FunctionAnswer(response.Payload.ToArray(), response.FunctionError is { Length: > 0 } error ? error : null, pipeline.DescribeLog(name));
        }
        catch (AmazonServiceException e)
        {
            throw new UserException($"{name} cannot be invoked: {e.Message} Check the function, the region and the credentials.", e);
        }
    }
}
