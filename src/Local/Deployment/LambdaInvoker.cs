using Analytics.Local.Mapping;
using Analytics.Local.Runtime;

namespace Analytics.Local.Deployment;

/// <summary>Lets event source mappings invoke the functions of the local Lambda.</summary>
internal sealed class LambdaInvoker(LambdaService lambda) : IFunctionInvoker
{
    /// <inheritdoc/>
    public async Task<InvocationOutcome> InvokeAsync(
        string functionName, ReadOnlyMemory<byte> payload, string environmentKey, string requestId, CancellationToken cancellationToken)
    {
        var result = await lambda.InvokeAsync(functionName, payload, environmentKey, requestId, cancellationToken);
        return result switch
        {
            { IsThrottled: true } => InvocationOutcome.Throttled,
            { FunctionError: not null } => InvocationOutcome.FunctionError(result.Payload),
            _ => InvocationOutcome.Returned(result.Payload),
        };
    }
}
