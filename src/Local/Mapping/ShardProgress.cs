namespace Analytics.Local.Mapping;

/// <summary>The progress of an event source mapping in a shard.</summary>
public sealed record ShardProgress
{
    /// <summary>The shard.</summary>
    public required string ShardId { get; init; }

    /// <summary>Whether the shard is closed, read to its end and settled.</summary>
    public required bool IsFinished { get; init; }

    /// <summary>The number of records that wait for a batch, their batch's turn or a retry.</summary>
    public required long Waiting { get; init; }

    /// <summary>The number of records in running invocations.</summary>
    public required long InFlight { get; init; }

    /// <summary>The number of failed attempts of the current batch.</summary>
    public required int FailedAttempts { get; init; }

    /// <summary>The statistics of the shard since the mapping started.</summary>
    public required EventSourceMappingStatistics Statistics { get; init; }
}
