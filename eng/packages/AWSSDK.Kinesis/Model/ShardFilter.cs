namespace Amazon.Kinesis.Model;

/// <summary>Selects the shards to list.</summary>
public class ShardFilter
{
    /// <summary>The kind of filter.</summary>
    public ShardFilterType Type { get; set; } = null!;

    /// <summary>The shard, for a filter by shard.</summary>
    public string? ShardId { get; set; }

    /// <summary>The time, for a filter by time.</summary>
    public DateTime? Timestamp { get; set; }
}
