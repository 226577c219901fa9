namespace Analytics.Local.Faults;

/// <summary>What can be broken on purpose.</summary>
public enum FaultKind
{
    /// <summary>A function's process is killed as soon as it has its invocation: before it commits.</summary>
    KillBefore,

    /// <summary>A function's process is killed when some of the function's calls to services have gone through: while it commits.</summary>
    KillDuring,

    /// <summary>A function's process is killed when it answers, and its answer is lost: after it has committed.</summary>
    KillAfter,

    /// <summary>A function's process hangs until its invocation times out.</summary>
    Timeout,

    /// <summary>A call of a function is refused as one too many, in the service's own words, and not executed.</summary>
    Throttle,

    /// <summary>A call of a function fails with status 500 and is not executed.</summary>
    Error,

    /// <summary>A call of a function is executed, but the connection ends instead of the reply.</summary>
    LostReply,

    /// <summary>A call of a function is late.</summary>
    Delay,

    /// <summary>A service cannot be reached by any function for a while.</summary>
    Outage,

    /// <summary>A batch is delivered a second time.</summary>
    Duplicate,

    /// <summary>Records are delivered in other groups before their batch.</summary>
    Regroup,

    /// <summary>A shard is split while records are put.</summary>
    Split,

    /// <summary>Two shards are merged while records are put.</summary>
    Merge,
}
