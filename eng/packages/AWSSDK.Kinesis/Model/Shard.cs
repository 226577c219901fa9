namespace Amazon.Kinesis.Model;

/// <summary>A shard of a stream.</summary>
public class Shard
{
    /// <summary>Its identifier.</summary>
    public string ShardId { get; set; } = null!;

    /// <summary>The shard that it came from.</summary>
    public string? ParentShardId { get; set; }

    /// <summary>The other shard that it came from, after a merge.</summary>
    public string? AdjacentParentShardId { get; set; }

    /// <summary>The hash keys that it takes.</summary>
    public HashKeyRange HashKeyRange { get; set; } = null!;

    /// <summary>Its sequence numbers.</summary>
    public SequenceNumberRange SequenceNumberRange { get; set; } = null!;
}
