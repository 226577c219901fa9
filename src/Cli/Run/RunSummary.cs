using Analytics.Counting;
using Analytics.Local.Faults;

namespace Analytics.Cli.Run;

/// <summary>The result of a run, the content of <c>summary.json</c>.</summary>
internal sealed record RunSummary
{
    /// <summary>User records accepted by the stream.</summary>
    public required long Sent { get; init; }

    /// <summary>User records in the archive, each counted once.</summary>
    public required long Archived { get; init; }

    /// <summary>User records in quarantine, each counted once.</summary>
    public required long Quarantined { get; init; }

    /// <summary>Bytes of data in the stream's records.</summary>
    public long Bytes { get; init; }

    /// <summary>Items in the results table, or null if the template's parameters disable it.</summary>
    public required long? Results { get; init; }

    /// <summary>User records with a copy on the second stream, or null if the template's parameters create none.</summary>
    public long? Replicated { get; init; }

    /// <summary>Messages on the alerts topic.</summary>
    public required long Alerts { get; init; }

    /// <summary>Batches that exhausted their retries: failure records in the failures queue.</summary>
    public required long Failures { get; init; }

    /// <summary>User records that were sent and are neither in the archive nor in quarantine.</summary>
    public required long Lost { get; init; }

    /// <summary>Lines that exceed the maximum record size and were not sent.</summary>
    public long TooLarge { get; init; }

    /// <summary>Seconds from the first record sent until the pipeline was drained.</summary>
    public double Seconds { get; init; }

    /// <summary>Number of counter values over all shards.</summary>
    public required long CounterValues { get; init; }

    /// <summary>Number of counter values that differ from a recount of the records sent.</summary>
    public required long CounterDifferences { get; init; }

    /// <summary>Number of counter values that the audit compared with the archive.</summary>
    public long AuditedValues { get; init; }

    /// <summary>Number of counter values that differ in the audit.</summary>
    public long AuditDifferences { get; init; }

    /// <summary>Event values that could not be counted, by counter and reason.</summary>
    public IReadOnlyList<UnusedValues> Unused { get; init; } = [];

    /// <summary>Duplicates, which are counted once.</summary>
    public required DuplicateSummary Duplicates { get; init; }

    /// <summary>Number of custom metrics that the functions published: combinations of name and dimensions.</summary>
    public long Metrics { get; init; }

    /// <summary>The figures of each function.</summary>
    public IReadOnlyList<FunctionSummary> Functions { get; init; } = [];

    /// <summary>The injected faults.</summary>
    public IReadOnlyList<FaultCount> Faults { get; init; } = [];

    /// <summary>The differences, one line each.</summary>
    public required IReadOnlyList<string> Differences { get; init; }

    /// <summary>Number of records that were neither processed nor reported in a failure record.</summary>
    public long Dropped => Functions.Sum(function => function.Dropped);

    /// <summary>Number of failure records that an on-failure destination rejected.</summary>
    public long RefusedFailures => Functions.Sum(function => function.RefusedFailures);

    /// <summary>Whether all records sent were processed and all counters are correct.</summary>
    public bool IsComplete => Lost == 0 && Failures == 0 && Dropped == 0 && RefusedFailures == 0 && TooLarge == 0 && Differences.Count == 0;
}

/// <summary>Duplicates of a run.</summary>
/// <param name="PutAgain">User records that the stream holds twice because a request was retried.</param>
/// <param name="ArchivedAgain">Additional archive lines for the same user records.</param>
/// <param name="SameEvent">Events with the ID and time of another; the results table keeps the last one.</param>
internal readonly record struct DuplicateSummary(long PutAgain, long ArchivedAgain, long SameEvent);

/// <summary>The figures of a function.</summary>
/// <param name="Name">The logical ID in the template.</param>
/// <param name="Invocations">Number of invocations.</param>
/// <param name="Errors">Number of failed invocations.</param>
/// <param name="Records">Number of Kinesis records delivered, including redeliveries.</param>
/// <param name="AwsCalls">Number of calls by operation.</param>
internal sealed record FunctionSummary(
    string Name, long Invocations, long Errors, long Records, IReadOnlyDictionary<string, long> AwsCalls)
{
    /// <summary>Number of records that exhausted their retries without a failure record, because there is no on-failure destination or it rejected the failure record.</summary>
    public long Dropped { get; init; }

    /// <summary>Number of failure records that an on-failure destination of its mappings rejected.</summary>
    public long RefusedFailures { get; init; }

    /// <summary>KB sent by operation: request bodies, each rounded up to a whole KB.</summary>
    public IReadOnlyDictionary<string, long> SentKilobytes { get; init; } = new Dictionary<string, long>();

    /// <summary>The read or write units of DynamoDB that those calls consumed, by operation.</summary>
    public IReadOnlyDictionary<string, decimal> CapacityUnits { get; init; } = new Dictionary<string, decimal>();

    /// <summary>Total duration of its invocations without initialization.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Size of its log in bytes.</summary>
    public long LogBytes { get; init; }
}
