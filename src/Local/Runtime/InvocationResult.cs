namespace Analytics.Local.Runtime;

/// <summary>What an invocation came to.</summary>
public sealed record InvocationResult
{
    /// <summary>The request's identifier.</summary>
    public required string RequestId { get; init; }

    /// <summary>The response, or <c>{errorType, errorMessage, ...}</c> when <see cref="FunctionError"/> is set; UTF-8 JSON.</summary>
    public required ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary><c>Unhandled</c> when the function failed, otherwise null.</summary>
    public string? FunctionError { get; init; }

    /// <summary>Whether Lambda did not run the function because its concurrency was used up.</summary>
    public bool IsThrottled { get; init; }

    /// <summary>The last 4 KB of the log that the invocation wrote.</summary>
    public string LogTail { get; init; } = "";
}
