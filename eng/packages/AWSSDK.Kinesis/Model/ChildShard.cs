namespace Amazon.Kinesis.Model;

/// <summary>A child shard.</summary>
public class ChildShard
{
    /// <summary>Its identifier.</summary>
    public string ShardId { get; set; } = null!;

    /// <summary>Its parent shards.</summary>
    public List<string> ParentShards { get; set; } = null!;

    /// <summary>Its range of hash keys.</summary>
    public HashKeyRange HashKeyRange { get; set; } = null!;
}
