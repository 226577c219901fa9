namespace Analytics.Local.Mapping;

/// <summary>What a lane wants done next.</summary>
internal abstract record LaneAction
{
    private LaneAction()
    {
    }

    /// <summary>Invoke the function, then tell <see cref="LaneMachine.Complete"/>.</summary>
    public sealed record Invoke(LaneInvocation Invocation) : LaneAction;

    /// <summary>These records are given up: send the failure record if there is a destination, then tell <see cref="LaneMachine.Sent"/>.</summary>
    public sealed record Send(FailureRecord Failure, LaneInvocation Invocation) : LaneAction;

    /// <summary>Nothing before this time, or before something is offered when it is null.</summary>
    public sealed record Wait(DateTimeOffset? Until) : LaneAction;

    /// <summary>The shard is read to its end and everything is settled.</summary>
    public sealed record Done : LaneAction
    {
        public static Done Instance { get; } = new();
    }
}

/// <summary>An event for the function.</summary>
/// <param name="RequestId">The same for every attempt at an unchanged batch.</param>
/// <param name="Attempt">From 1; throttled attempts do not count.</param>
/// <param name="Records">The records; none in the final invocation of a window.</param>
/// <param name="Window">The tumbling window, or null without one.</param>
internal sealed record LaneInvocation(string RequestId, int Attempt, ReadOnlyMemory<PolledRecord> Records, InvocationWindow? Window);

/// <summary>What an event says of its tumbling window.</summary>
internal sealed record InvocationWindow(DateTimeOffset Start, DateTimeOffset End, ReadOnlyMemory<byte> State, bool IsFinal, bool IsTerminatedEarly);
