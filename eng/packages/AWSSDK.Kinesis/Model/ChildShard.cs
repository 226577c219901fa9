namespace Amazon.Kinesis.Model;

/// <summary>A shard that goes on where another ended.</summary>
public class ChildShard
{
    /// <summary>Its identifier.</summary>
    public string ShardId { get; set; } = null!;

    /// <summary>The shards that it came from.</summary>
    public List<string> ParentShards { get; set; } = null!;

    /// <summary>The hash keys that it takes.</summary>
    public HashKeyRange HashKeyRange { get; set; } = null!;
}
