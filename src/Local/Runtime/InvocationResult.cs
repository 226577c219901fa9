namespace Analytics.Local.Runtime;

/// <summary>The result of an invocation.</summary>
public sealed record InvocationResult
{
    /// <summary>The request's identifier.</summary>
    public required string RequestId { get; init; }

    /// <summary>The response, or <c>{errorType, errorMessage, ...}</c> if <see cref="FunctionError"/> is set; UTF-8 JSON.</summary>
    public required ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary><c>Unhandled</c> if the function failed, otherwise null.</summary>
    public string? FunctionError { get; init; }

    /// <summary>Whether the invocation was throttled.</summary>
    public bool IsThrottled { get; init; }

    /// <summary>The last 4 KB of the invocation's log.</summary>
    public string LogTail { get; init; } = "";
}
