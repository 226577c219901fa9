namespace Analytics.Local.Mapping;

/// <summary>Invokes functions.</summary>
public interface IFunctionInvoker
{
    /// <summary>Invokes the function once. The mapping is responsible for retries.</summary>
    /// <param name="functionName">The function.</param>
    /// <param name="payload">The event, UTF-8 JSON. Its buffer is reused after the task completes.</param>
    /// <param name="environmentKey">
    /// <c>&lt;shardId&gt;/&lt;lane&gt;</c>: invocations with the same key never overlap, so each key can have its own execution environment.
    /// </param>
    /// <param name="requestId">The request ID; the same for retries of an unchanged batch.</param>
    /// <param name="cancellationToken">Canceled when the mapping is stopped.</param>
    Task<InvocationOutcome> InvokeAsync(
        string functionName, ReadOnlyMemory<byte> payload, string environmentKey, string requestId, CancellationToken cancellationToken);
}
