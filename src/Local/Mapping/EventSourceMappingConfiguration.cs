using System.Text;
using System.Text.RegularExpressions;
using Analytics.Events.Patterns;

namespace Analytics.Local.Mapping;

/// <summary>
/// The settings of an event source mapping from a Kinesis stream to a function, with AWS's names, defaults and limits
/// (https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html).
/// </summary>
public sealed partial record EventSourceMappingConfiguration
{
    /// <summary>The maximum number of records of a batch.</summary>
    public const int MaxBatchSize = 10_000;

    /// <summary>The maximum size of an invocation payload: 6 MB.</summary>
    public const int MaxPayloadBytes = 6 * 1024 * 1024;

    /// <summary>The maximum number of lanes per shard.</summary>
    public const int MaxParallelizationFactor = 10;

    /// <summary>The maximum setting for the number of retries.</summary>
    public const int MaxRetryAttempts = 10_000;

    /// <summary>The maximum size of a tumbling window's state: 1 MB.</summary>
    public const int MaxStateBytes = 1024 * 1024;

    /// <summary>The maximum number of patterns of a filter (https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html).</summary>
    public const int MaxFilters = 10;

    /// <summary>The maximum length of a pattern in characters.</summary>
    public const int MaxFilterLength = 4096;

    /// <summary>The maximum batching window.</summary>
    public static TimeSpan MaxBatchingWindow => TimeSpan.FromSeconds(300);

    /// <summary>The maximum tumbling window.</summary>
    public static TimeSpan MaxTumblingWindow => TimeSpan.FromSeconds(900);

    /// <summary>The minimum setting for the record age.</summary>
    public static TimeSpan MinRecordAge => TimeSpan.FromSeconds(60);

    /// <summary>The maximum setting for the record age.</summary>
    public static TimeSpan MaxRecordAge => TimeSpan.FromSeconds(604_800);

    /// <summary>Identifies the mapping, its checkpoints and its failure objects on S3.</summary>
    public required string Uuid { get; init; }

    /// <summary>The function to invoke.</summary>
    public required string FunctionName { get; init; }

    /// <summary>The function's ARN, as written in failure records.</summary>
    public required string FunctionArn { get; init; }

    /// <summary>The stream to read.</summary>
    public required string StreamName { get; init; }

    /// <summary>The stream's ARN.</summary>
    public required string StreamArn { get; init; }

    /// <summary>The ARN of the consumer with enhanced fan-out through which the stream is read, or null.</summary>
    public string? ConsumerArn { get; init; }

    /// <summary>The ARN of the event source, as written in events and failure records: the consumer's or the stream's.</summary>
    public string EventSourceArn => ConsumerArn ?? StreamArn;

    /// <summary>Whether the stream is read with enhanced fan-out, so that KPL records are deaggregated.</summary>
    public bool IsFromConsumer => ConsumerArn is not null;

    /// <summary>The stream's region, as written in events.</summary>
    public required string Region { get; init; }

    /// <summary>The ARN of the role that the function is invoked with, as written in events; derived from the function if null.</summary>
    public string? InvokeIdentityArn { get; init; }

    /// <summary>The maximum number of records per batch, 1 to 10,000; the payload is always limited to 6 MB.</summary>
    public int BatchSize { get; init; } = 100;

    /// <summary>The batching window, whole seconds up to 300 (<c>MaximumBatchingWindowInSeconds</c>).</summary>
    public TimeSpan MaximumBatchingWindow { get; init; }

    /// <summary>The number of concurrent batches per shard, 1 to 10; records with the same partition key stay in order.</summary>
    public int ParallelizationFactor { get; init; } = 1;

    /// <summary>The start position of a shard without a checkpoint.</summary>
    public required StartingPosition StartingPosition { get; init; }

    /// <summary>The time for <see cref="StartingPosition.AtTimestamp"/>.</summary>
    public DateTimeOffset? StartingPositionTimestamp { get; init; }

    /// <summary>The maximum number of retries of a batch: up to 10,000, or -1 for no limit.</summary>
    public int MaximumRetryAttempts { get; init; } = -1;

    /// <summary>The maximum age of records, 60 to 604,800 s, or null for no limit (<c>MaximumRecordAgeInSeconds</c>; its -1 is null here).</summary>
    public TimeSpan? MaximumRecordAge { get; init; }

    /// <summary>Whether a failed batch is split in two.</summary>
    public bool BisectBatchOnFunctionError { get; init; }

    /// <summary>The length of the tumbling windows, whole seconds up to 900, or zero for none (<c>TumblingWindowInSeconds</c>).</summary>
    public TimeSpan TumblingWindow { get; init; }

    /// <summary>Whether the function reports failed records (<c>FunctionResponseTypes: [ReportBatchItemFailures]</c>).</summary>
    public bool ReportBatchItemFailures { get; init; }

    /// <summary>The patterns in EventBridge syntax, one of which a record must match (<c>FilterCriteria</c>); all records if empty.</summary>
    public IReadOnlyList<string> FilterCriteria { get; init; } = [];

    /// <summary>The queue, topic or bucket for failure records, or null (<c>DestinationConfig.OnFailure</c>).</summary>
    public string? OnFailureDestinationArn { get; init; }

    internal string EffectiveInvokeIdentityArn =>
        InvokeIdentityArn ?? $"arn:aws:iam::{(FunctionArn.Split(':') is { Length: > 4 } parts ? parts[4] : "")}:role/{FunctionName}";

    /// <summary>Validates the settings against AWS's limits.</summary>
    /// <returns>One line per invalid setting; empty if all are valid.</returns>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        void Require(bool holds, string error)
        {
            if (!holds)
            {
                errors.Add($"Event source mapping of {FunctionName}: {error}");
            }
        }

        Require(UuidPattern().IsMatch(Uuid), $"the UUID '{Uuid}' must be letters, digits and hyphens.");
        Require(BatchSize is >= 1 and <= MaxBatchSize, $"BatchSize is {BatchSize}; it must be 1 to 10,000.");
        Require(IsWholeSeconds(MaximumBatchingWindow) && MaximumBatchingWindow >= TimeSpan.Zero && MaximumBatchingWindow <= MaxBatchingWindow,
            $"MaximumBatchingWindowInSeconds is {MaximumBatchingWindow.TotalSeconds}; it must be 0 to 300, a whole number.");
        Require(ParallelizationFactor is >= 1 and <= MaxParallelizationFactor,
            $"ParallelizationFactor is {ParallelizationFactor}; it must be 1 to 10.");
        Require(Enum.IsDefined(StartingPosition), "StartingPosition must be LATEST, TRIM_HORIZON or AT_TIMESTAMP.");
        Require(StartingPosition != StartingPosition.AtTimestamp || StartingPositionTimestamp is not null,
            "StartingPosition AT_TIMESTAMP needs a StartingPositionTimestamp.");
        Require(StartingPosition == StartingPosition.AtTimestamp || StartingPositionTimestamp is null,
            "StartingPositionTimestamp requires StartingPosition AT_TIMESTAMP.");
        Require(MaximumRetryAttempts is >= -1 and <= MaxRetryAttempts,
            $"MaximumRetryAttempts is {MaximumRetryAttempts}; it must be -1 (no limit) or 0 to 10,000.");
        Require(MaximumRecordAge is not { } age || (IsWholeSeconds(age) && age >= MinRecordAge && age <= MaxRecordAge),
            $"MaximumRecordAgeInSeconds is {MaximumRecordAge?.TotalSeconds}; it must be -1 (no limit) or 60 to 604,800, a whole number.");
        Require(IsWholeSeconds(TumblingWindow) && TumblingWindow >= TimeSpan.Zero && TumblingWindow <= MaxTumblingWindow,
            $"TumblingWindowInSeconds is {TumblingWindow.TotalSeconds}; it must be 0 (none) to 900, a whole number.");
        Require(TumblingWindow == TimeSpan.Zero || ParallelizationFactor == 1,
            $"TumblingWindowInSeconds requires ParallelizationFactor 1, not {ParallelizationFactor}.");
        Require(FilterCriteria.Count <= MaxFilters, $"FilterCriteria has {FilterCriteria.Count} filters; at most {MaxFilters} are allowed.");
        Require(FilterCriteria.All(pattern => pattern.Length <= MaxFilterLength),
            "a pattern of FilterCriteria is too long; at most 4,096 characters are allowed.");
        Require(OnFailureDestinationArn is null || DestinationPattern().IsMatch(OnFailureDestinationArn),
            $"the on-failure destination '{OnFailureDestinationArn}' must be the ARN of an SQS queue, an SNS topic or an S3 bucket.");
        Require(OnFailureDestinationArn?.EndsWith(".fifo", StringComparison.Ordinal) != true,
            $"the on-failure destination '{OnFailureDestinationArn}' is a FIFO one; use a standard queue or topic.");
        for (var i = 0; i < FilterCriteria.Count; i++)
        {
            var error = PatternError(FilterCriteria[i]);
            Require(error is null, $"FilterCriteria, pattern {i + 1}: {error}");
        }

        return errors;
    }

    private static string? PatternError(string pattern)
    {
        try
        {
            Pattern.Parse(Encoding.UTF8.GetBytes(pattern), PatternTarget.Record);
            return null;
        }
        catch (PatternException e)
        {
            return e.Message;
        }
    }

    private static bool IsWholeSeconds(TimeSpan time) => time.Ticks % TimeSpan.TicksPerSecond == 0;

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9-]{0,127}$", RegexOptions.CultureInvariant)]
    private static partial Regex UuidPattern();

    [GeneratedRegex("^arn:[a-z-]+:(sqs|sns):[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_.-]+$|^arn:[a-z-]+:s3:::[a-z0-9.-]+$", RegexOptions.CultureInvariant)]
    private static partial Regex DestinationPattern();
}
