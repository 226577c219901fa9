namespace Analytics.Local.Runtime;

/// <summary>Decides for each invocation whether a fault is injected into the function's process.</summary>
public interface IInvocationFaults
{
    /// <summary>Decides on the fault of the next invocation. Must be thread-safe.</summary>
    /// <param name="function">The function's logical ID.</param>
    InvocationFault Decide(string function);

    /// <summary>Called if the process responded before the moment at which it was to be killed, so that it was not killed.</summary>
    /// <param name="function">The function's logical ID.</param>
    /// <param name="fault">The planned fault.</param>
    void Missed(string function, InvocationFault fault);
}

/// <summary>The fault of an invocation.</summary>
public enum InvocationFaultKind
{
    /// <summary>No fault.</summary>
    None,

    /// <summary>The process is killed when it has received the invocation.</summary>
    KillWhenTaken,

    /// <summary>The process is killed when <see cref="InvocationFault.Moment"/> completes, unless it has responded by then.</summary>
    KillAtMoment,

    /// <summary>The process is killed when it responds, and the response is lost.</summary>
    KillWhenAnswered,

    /// <summary>The process is suspended when it has received the invocation, with the timeout <see cref="InvocationFault.Patience"/> in place of the function's.</summary>
    Hang,
}

/// <summary>The fault of an invocation and its time.</summary>
/// <param name="Kind">The fault.</param>
/// <param name="Moment">Completes when the process is to be killed.</param>
/// <param name="Patience">The timeout for a suspended process.</param>
public readonly record struct InvocationFault(InvocationFaultKind Kind, Task? Moment = null, TimeSpan Patience = default);
