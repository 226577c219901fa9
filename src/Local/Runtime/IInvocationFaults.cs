namespace Analytics.Local.Runtime;

/// <summary>Decides for each invocation of a function's process whether the process breaks.</summary>
public interface IInvocationFaults
{
    /// <summary>What becomes of the process; called from several threads.</summary>
    /// <param name="function">The function's logical id.</param>
    InvocationFault Decide(string function);

    /// <summary>Told when the process had answered before the moment at which it was to be killed, so that it was not.</summary>
    /// <param name="function">The function's logical id.</param>
    /// <param name="fault">What was decided.</param>
    void Missed(string function, InvocationFault fault);
}

/// <summary>What becomes of a process at an invocation.</summary>
public enum InvocationFaultKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It is killed when it has taken the invocation.</summary>
    KillWhenTaken,

    /// <summary>It is killed at a moment that <see cref="InvocationFault.Moment"/> tells, if it has not answered by then.</summary>
    KillAtMoment,

    /// <summary>It is killed when it answers, and the answer is lost.</summary>
    KillWhenAnswered,

    /// <summary>It is stopped when it has taken the invocation, until <see cref="InvocationFault.Patience"/> is over in place of the function's time-out.</summary>
    Hang,
}

/// <summary>What becomes of a process at an invocation, and when.</summary>
/// <param name="Kind">What becomes of it.</param>
/// <param name="Moment">Completes when the process is to be killed.</param>
/// <param name="Patience">How long a process that hangs is waited for.</param>
public readonly record struct InvocationFault(InvocationFaultKind Kind, Task? Moment = null, TimeSpan Patience = default);
