using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>Two adjacent shards to merge.</summary>
public class MergeShardsRequest : AmazonWebServiceRequest
{
    /// <summary>The stream's name; this or the ARN.</summary>
    public string? StreamName { get; set; }

    /// <summary>The stream's ARN.</summary>
    public string? StreamARN { get; set; }

    /// <summary>The first shard.</summary>
    public string ShardToMerge { get; set; } = null!;

    /// <summary>The second shard.</summary>
    public string AdjacentShardToMerge { get; set; } = null!;
}
