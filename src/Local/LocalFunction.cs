using Analytics.Local.Runtime;

namespace Analytics.Local;

/// <summary>A function and what it has done so far.</summary>
/// <param name="LogicalId">Its key in the template.</param>
/// <param name="Name">Its name.</param>
/// <param name="Invocations">Invocations that reached it.</param>
/// <param name="Errors">Those that failed: an error answer, a crash, a time-out.</param>
/// <param name="Records">Records that its mappings have it processed, each once.</param>
/// <param name="DroppedRecords">Records that its mappings gave up and that no failure record names.</param>
/// <param name="RefusedFailureRecords">Failure records that the on-failure destination of one of its mappings refused.</param>
/// <param name="AwsCalls">How often it called each operation, failed calls and retries too: <c>dynamodb:UpdateItem</c> -> count.</param>
/// <param name="SentKilobytes">What those calls sent, by operation: bodies in KB, each call's rounded up.</param>
/// <param name="Duration">The time spent in its invocations, initialisation not included.</param>
/// <param name="LogFile">The file with its log.</param>
/// <param name="LogBytes">What it and Lambda have written to that file.</param>
/// <param name="BatchSize">The most records that one of its mappings delivers at once; 0 when it has none.</param>
public sealed record LocalFunction(
    string LogicalId,
    string Name,
    long Invocations,
    long Errors,
    long Records,
    long DroppedRecords,
    long RefusedFailureRecords,
    IReadOnlyDictionary<string, long> AwsCalls,
    IReadOnlyDictionary<string, long> SentKilobytes,
    TimeSpan Duration,
    string LogFile,
    long LogBytes,
    int BatchSize)
{
    /// <summary>The read or write units of DynamoDB that its calls consumed, by operation.</summary>
    public IReadOnlyDictionary<string, decimal> CapacityUnits { get; init; } = new Dictionary<string, decimal>();

    /// <summary>Its invocations, cold starts and throttles.</summary>
    public FunctionStatistics Statistics { get; init; }

    /// <summary>The invocations that run now.</summary>
    public int InFlight { get; init; }

    /// <summary>The logical ids of the resources that its environment variables name, in the order of the variables.</summary>
    public IReadOnlyList<string> Uses { get; init; } = [];
}
