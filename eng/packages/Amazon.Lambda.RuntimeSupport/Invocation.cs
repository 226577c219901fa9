namespace Amazon.Lambda.RuntimeSupport;

/// <summary>One invocation of the Runtime API.</summary>
internal sealed record Invocation
{
    public required string RequestId { get; init; }

    /// <summary>The event's bytes. The buffer belongs to the client and is reused by the next invocation.</summary>
    public required ArraySegment<byte> Body { get; init; }

    /// <summary>When the function times out, in milliseconds since 1970.</summary>
    public string? DeadlineMilliseconds { get; init; }

    public string InvokedFunctionArn { get; init; } = "";

    public string? TraceId { get; init; }

    /// <summary>JSON, from the AWS Mobile SDK.</summary>
    public string? ClientContext { get; init; }

    /// <summary>JSON, from the AWS Mobile SDK.</summary>
    public string? CognitoIdentity { get; init; }

    /// <summary>Identifies this invocation (a retry keeps the request ID); returned with the response.</summary>
    public string? InvocationId { get; init; }
}
