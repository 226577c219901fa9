namespace Amazon.Kinesis.Model;

/// <summary>A shard of a stream.</summary>
public class Shard
{
    /// <summary>Its identifier.</summary>
    public string ShardId { get; set; } = null!;

    /// <summary>Its parent shard.</summary>
    public string? ParentShardId { get; set; }

    /// <summary>Its second parent shard, after a merge.</summary>
    public string? AdjacentParentShardId { get; set; }

    /// <summary>Its range of hash keys.</summary>
    public HashKeyRange HashKeyRange { get; set; } = null!;

    /// <summary>Its sequence numbers.</summary>
    public SequenceNumberRange SequenceNumberRange { get; set; } = null!;
}
