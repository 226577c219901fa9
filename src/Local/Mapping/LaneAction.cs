namespace Analytics.Local.Mapping;

/// <summary>The next action of a lane.</summary>
internal abstract record LaneAction
{
    private LaneAction()
    {
    }

    /// <summary>Invoke the function, then call <see cref="LaneStateMachine.Complete"/>.</summary>
    public sealed record Invoke(LaneInvocation Invocation) : LaneAction;

    /// <summary>Retries are exhausted: send the failure record if there is a destination, then call <see cref="LaneStateMachine.Sent"/>.</summary>
    public sealed record Send(FailureRecord Failure, LaneInvocation Invocation) : LaneAction;

    /// <summary>Wait until the time or, if it is null, until a record is offered.</summary>
    public sealed record Wait(DateTimeOffset? Until) : LaneAction;

    /// <summary>The shard has been read to its end and everything is settled.</summary>
    public sealed record Done : LaneAction
    {
        public static Done Instance { get; } = new();
    }
}

/// <summary>An event for the function.</summary>
/// <param name="RequestId">The request ID, the same for every attempt of an unchanged batch.</param>
/// <param name="Attempt">The attempt, from 1, without throttled ones.</param>
/// <param name="Records">The records; none in the final invocation of a window.</param>
/// <param name="Window">The tumbling window, or null.</param>
internal sealed record LaneInvocation(string RequestId, int Attempt, ReadOnlyMemory<PolledRecord> Records, InvocationWindow? Window);

/// <summary>The tumbling window of an event.</summary>
internal sealed record InvocationWindow(DateTimeOffset Start, DateTimeOffset End, ReadOnlyMemory<byte> State, bool IsFinal, bool IsTerminatedEarly);
