namespace Analytics.Local.Mapping;

/// <summary>The status of an invocation.</summary>
public enum InvocationStatus
{
    /// <summary>The function returned; the payload is its response.</summary>
    Returned,
    /// <summary>The function threw or its process died (<c>X-Amz-Function-Error: Unhandled</c>).</summary>
    FunctionError,
    /// <summary>The function timed out.</summary>
    TimedOut,
    /// <summary>The function was throttled. This does not count as a retry.</summary>
    Throttled,
}

/// <summary>The outcome of an invocation.</summary>
/// <param name="Status">The status.</param>
/// <param name="Payload">The function's response or error, UTF-8 JSON; may be empty.</param>
public readonly record struct InvocationOutcome(InvocationStatus Status, ReadOnlyMemory<byte> Payload)
{
    /// <summary>The function was throttled.</summary>
    public static InvocationOutcome Throttled => new(InvocationStatus.Throttled, default);

    /// <summary>The function timed out.</summary>
    public static InvocationOutcome TimedOut => new(InvocationStatus.TimedOut, default);

    /// <summary>The function responded.</summary>
    /// <param name="payload">The response, UTF-8 JSON; may be empty.</param>
    public static InvocationOutcome Returned(ReadOnlyMemory<byte> payload) => new(InvocationStatus.Returned, payload);

    /// <summary>The function threw or its process died.</summary>
    /// <param name="payload">The error document, if there is one.</param>
    public static InvocationOutcome FunctionError(ReadOnlyMemory<byte> payload) => new(InvocationStatus.FunctionError, payload);
}
