namespace Analytics.Local.Mapping;

/// <summary>How far an event source mapping is in one shard.</summary>
public sealed record ShardProgress
{
    /// <summary>The shard.</summary>
    public required string ShardId { get; init; }

    /// <summary>Whether the shard is closed, read to its end and settled.</summary>
    public required bool IsFinished { get; init; }

    /// <summary>Records that were read and wait for a batch, for their batch's turn or for a retry.</summary>
    public required long Waiting { get; init; }

    /// <summary>Records that the function is invoked with now.</summary>
    public required long InFlight { get; init; }

    /// <summary>How often the batch whose turn it is has failed; 0 when it has not.</summary>
    public required int FailedAttempts { get; init; }

    /// <summary>What the mapping has done in the shard since it started.</summary>
    public required EventSourceMappingStatistics Statistics { get; init; }
}
