namespace Analytics.Local.Mapping;

/// <summary>How an invocation ended.</summary>
public enum InvocationStatus
{
    /// <summary>The function returned; the payload is its answer.</summary>
    Returned,
    /// <summary>The function threw or its process died (<c>X-Amz-Function-Error: Unhandled</c>).</summary>
    FunctionError,
    /// <summary>The function ran into its time-out.</summary>
    TimedOut,
    /// <summary>The function was not invoked, for want of concurrency. This uses up no retry.</summary>
    Throttled,
}

/// <summary>What became of an invocation.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Payload">The function's answer, UTF-8 JSON, or what it threw; may be empty.</param>
public readonly record struct InvocationOutcome(InvocationStatus Status, ReadOnlyMemory<byte> Payload)
{
    /// <summary>The function was not invoked, for want of concurrency.</summary>
    public static InvocationOutcome Throttled => new(InvocationStatus.Throttled, default);

    /// <summary>The function ran into its time-out.</summary>
    public static InvocationOutcome TimedOut => new(InvocationStatus.TimedOut, default);

    /// <summary>The function answered.</summary>
    /// <param name="payload">Its answer, UTF-8 JSON; may be empty.</param>
    public static InvocationOutcome Returned(ReadOnlyMemory<byte> payload) => new(InvocationStatus.Returned, payload);

    /// <summary>The function threw or its process died.</summary>
    /// <param name="payload">The error document, if there is one.</param>
    public static InvocationOutcome FunctionError(ReadOnlyMemory<byte> payload) => new(InvocationStatus.FunctionError, payload);
}
