using Analytics.Local.Runtime;

namespace Analytics.Local.Deployment;

/// <summary>A function and its current statistics.</summary>
/// <param name="LogicalId">The logical ID in the template.</param>
/// <param name="Name">The name.</param>
/// <param name="Invocations">Number of invocations.</param>
/// <param name="Errors">Number of failed invocations: error responses, crashes, timeouts.</param>
/// <param name="Records">Number of records that it processed for its mappings, each counted once.</param>
/// <param name="DroppedRecords">Number of records that exhausted their retries without a delivered failure record.</param>
/// <param name="RefusedFailureRecords">Number of failure records that an on-failure destination of its mappings rejected.</param>
/// <param name="AwsCalls">Number of calls by operation, including failed calls and retries: <c>dynamodb:UpdateItem</c> -> count.</param>
/// <param name="SentKilobytes">KB sent by operation: request bodies, each rounded up to a whole KB.</param>
/// <param name="Duration">Total duration of its invocations without initialization.</param>
/// <param name="LogFile">The file with its log.</param>
/// <param name="LogBytes">Bytes that the function and Lambda have written to the file.</param>
/// <param name="BatchSize">The maximum batch size of its mappings; 0 if it has none.</param>
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
    /// <summary>The DynamoDB read or write units that its calls consumed, by operation.</summary>
    public IReadOnlyDictionary<string, decimal> CapacityUnits { get; init; } = new Dictionary<string, decimal>();

    /// <summary>The statistics of its invocations.</summary>
    public FunctionStatistics Statistics { get; init; }

    /// <summary>The number of running invocations.</summary>
    public int InFlight { get; init; }

    /// <summary>The logical IDs of the resources that its environment variables refer to, in the order of the variables.</summary>
    public IReadOnlyList<string> Uses { get; init; } = [];
}
