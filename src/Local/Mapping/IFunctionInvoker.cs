namespace Analytics.Local.Mapping;

/// <summary>Invokes a function and waits for its answer.</summary>
public interface IFunctionInvoker
{
    /// <summary>Invokes the function once; no retries here, they are the mapping's.</summary>
    /// <param name="functionName">The function.</param>
    /// <param name="payload">The event, UTF-8 JSON. Its buffer is used again as soon as the task ends.</param>
    /// <param name="environmentKey">
    /// <c>&lt;shardId&gt;/&lt;lane&gt;</c>: invocations with one key never overlap, so each key can have an execution environment of its own.
    /// </param>
    /// <param name="requestId">The invocation's id; the retry of an unchanged batch has the same.</param>
    /// <param name="cancellationToken">Fires when the mapping is stopped.</param>
    Task<InvocationOutcome> InvokeAsync(
        string functionName, ReadOnlyMemory<byte> payload, string environmentKey, string requestId, CancellationToken cancellationToken);
}
