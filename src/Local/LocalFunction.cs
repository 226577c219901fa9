namespace Analytics.Local;

/// <summary>A function and what it has done so far.</summary>
/// <param name="LogicalId">Its key in the template.</param>
/// <param name="Name">Its name.</param>
/// <param name="Invocations">Invocations that reached it.</param>
/// <param name="Errors">Those that failed: an error answer, a crash, a time-out.</param>
/// <param name="Records">Records that its mappings have it processed, each once.</param>
/// <param name="AwsCalls">How often it called each operation, failed calls and retries too: <c>dynamodb:UpdateItem</c> -> count.</param>
/// <param name="LogFile">The file with its log.</param>
/// <param name="BatchSize">The most records that one of its mappings delivers at once; 0 when it has none.</param>
public sealed record LocalFunction(
    string LogicalId,
    string Name,
    long Invocations,
    long Errors,
    long Records,
    IReadOnlyDictionary<string, long> AwsCalls,
    string LogFile,
    int BatchSize);
