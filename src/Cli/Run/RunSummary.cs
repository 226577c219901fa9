using Analytics.Counting;
using Analytics.Local.Faults;

namespace Analytics.Cli.Run;

/// <summary>What a run came to, as <c>summary.json</c> tells it.</summary>
internal sealed record RunSummary
{
    /// <summary>User records that the stream took.</summary>
    public required long Sent { get; init; }

    /// <summary>User records in the archive, each counted once.</summary>
    public required long Archived { get; init; }

    /// <summary>User records in quarantine, each counted once.</summary>
    public required long Quarantined { get; init; }

    /// <summary>Bytes of data that the stream's records hold.</summary>
    public long Bytes { get; init; }

    /// <summary>Items in the results table; null when the template's parameters leave it out.</summary>
    public required long? Results { get; init; }

    /// <summary>User records with a copy on the second stream; null when the template's parameters make none.</summary>
    public long? Replicated { get; init; }

    /// <summary>Messages on the alerts topic.</summary>
    public required long Alerts { get; init; }

    /// <summary>Batches that a function gave up on: records in the failures queue.</summary>
    public required long Failures { get; init; }

    /// <summary>User records that were sent and are neither in the archive nor in quarantine.</summary>
    public required long Lost { get; init; }

    /// <summary>Lines of a file that no stream takes for their size; they were not sent.</summary>
    public long TooLarge { get; init; }

    /// <summary>Seconds from the first record sent until the pipeline was drained.</summary>
    public double Seconds { get; init; }

    /// <summary>Counter values, all shards together.</summary>
    public required long CounterValues { get; init; }

    /// <summary>Counter values that a recount of what was sent does not give.</summary>
    public required long CounterDifferences { get; init; }

    /// <summary>Counter values that an audit compared with the archive.</summary>
    public long AuditedValues { get; init; }

    /// <summary>Those that the audit found to differ.</summary>
    public long AuditDifferences { get; init; }

    /// <summary>Values that events gave and counters did not use, by counter and reason.</summary>
    public IReadOnlyList<UnusedValues> Unused { get; init; } = [];

    /// <summary>What came more than once, and was counted once.</summary>
    public required DuplicateSummary Duplicates { get; init; }

    /// <summary>Custom metrics that the functions published: name and dimensions, each combination one.</summary>
    public long Metrics { get; init; }

    /// <summary>Each function's work, by logical id.</summary>
    public IReadOnlyList<FunctionSummary> Functions { get; init; } = [];

    /// <summary>What was broken on purpose.</summary>
    public IReadOnlyList<FaultCount> Faults { get; init; } = [];

    /// <summary>What does not hold, one line each.</summary>
    public required IReadOnlyList<string> Differences { get; init; }

    /// <summary>Records that a function never processed and that no failure record names.</summary>
    public long Dropped => Functions.Sum(function => function.Dropped);

    /// <summary>Failure records that an on-failure destination refused.</summary>
    public long RefusedFailures => Functions.Sum(function => function.RefusedFailures);

    /// <summary>Whether all that was sent is there, and all that was counted is right.</summary>
    public bool IsComplete => Lost == 0 && Failures == 0 && Dropped == 0 && RefusedFailures == 0 && TooLarge == 0 && Differences.Count == 0;
}

/// <summary>What came more than once.</summary>
/// <param name="PutAgain">User records that the stream holds twice, because a request was repeated.</param>
/// <param name="ArchivedAgain">Archive lines of user records that the archive had already.</param>
/// <param name="SameEvent">Events with the id and time of another: the results table holds the last of them.</param>
internal readonly record struct DuplicateSummary(long PutAgain, long ArchivedAgain, long SameEvent);

/// <summary>What one function did.</summary>
/// <param name="Name">Its logical id in the template.</param>
/// <param name="Invocations">Invocations that reached it.</param>
/// <param name="Errors">Those that failed.</param>
/// <param name="Records">Kinesis records delivered to it, each delivery counted.</param>
/// <param name="AwsCalls">Calls that it made, by operation.</param>
internal sealed record FunctionSummary(
    string Name, long Invocations, long Errors, long Records, IReadOnlyDictionary<string, long> AwsCalls)
{
    /// <summary>Records that exhausted their retries and that no failure record names: there is no on-failure destination, or it refused.</summary>
    public long Dropped { get; init; }

    /// <summary>Failure records that an on-failure destination of its mappings refused.</summary>
    public long RefusedFailures { get; init; }

    /// <summary>What those calls sent, by operation: bodies in KB, each call's rounded up.</summary>
    public IReadOnlyDictionary<string, long> SentKilobytes { get; init; } = new Dictionary<string, long>();

    /// <summary>The time spent in its invocations, initialisation not included.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Bytes of its log.</summary>
    public long LogBytes { get; init; }
}
