namespace Analytics.Local.Faults;

/// <summary>The kinds of faults that can be injected.</summary>
public enum FaultKind
{
    /// <summary>A function's process is killed when it receives an invocation, before it commits.</summary>
    KillBefore,

    /// <summary>A function's process is killed after some of its calls to services, while it commits.</summary>
    KillDuring,

    /// <summary>A function's process is killed when it responds, and its response is lost, after it has committed.</summary>
    KillAfter,

    /// <summary>A function's process is suspended until its invocation times out.</summary>
    Timeout,

    /// <summary>A call of a function is rejected with the service's throttling error and not executed.</summary>
    Throttle,

    /// <summary>A call of a function fails with status 500 and is not executed.</summary>
    Error,

    /// <summary>A call of a function is executed, but the connection is closed instead of a reply.</summary>
    LostReply,

    /// <summary>A call of a function is delayed.</summary>
    Delay,

    /// <summary>A service cannot be reached by any function for a while.</summary>
    Outage,

    /// <summary>A batch is delivered a second time.</summary>
    Duplicate,

    /// <summary>Records are delivered in another grouping before their batch.</summary>
    Regroup,

    /// <summary>A shard is split while records are put.</summary>
    Split,

    /// <summary>Two shards are merged while records are put.</summary>
    Merge,
}
