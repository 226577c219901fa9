using Analytics.Local.Template.Syntax;

namespace Analytics.Local.Template.Model;

/// <summary>An event source mapping of a Kinesis stream, with AWS's names and defaults.</summary>
/// <param name="LogicalId">The logical ID in the template, or that of function and event.</param>
internal sealed record EventSourceMappingModel(string LogicalId) : ResourceModel(LogicalId)
{
    /// <summary>The function: its name or ARN.</summary>
    public required string FunctionName { get; init; }

    public required string EventSourceArn { get; init; }

    /// <summary>LATEST, TRIM_HORIZON or AT_TIMESTAMP.</summary>
    public required string StartingPosition { get; init; }

    public DateTimeOffset? StartingPositionTimestamp { get; init; }

    public bool Enabled { get; init; } = true;

    public int BatchSize { get; init; } = 100;

    public int MaximumBatchingWindowInSeconds { get; init; }

    public int ParallelizationFactor { get; init; } = 1;

    /// <summary>-1 means no limit.</summary>
    public int MaximumRetryAttempts { get; init; } = -1;

    /// <summary>-1 means no limit.</summary>
    public int MaximumRecordAgeInSeconds { get; init; } = -1;

    public bool BisectBatchOnFunctionError { get; init; }

    public int TumblingWindowInSeconds { get; init; }

    public bool ReportBatchItemFailures { get; init; }

    /// <summary>The patterns of FilterCriteria as JSON.</summary>
    public IReadOnlyList<string> FilterPatterns { get; init; } = [];

    /// <summary>The ARN of the on-failure destination.</summary>
    public string? OnFailureDestination { get; init; }

    /// <summary>The location of the declaration, for messages.</summary>
    public required TemplateLocation Declaration { get; init; }
}
