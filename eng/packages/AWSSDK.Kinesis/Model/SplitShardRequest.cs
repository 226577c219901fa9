using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>A shard to split.</summary>
public class SplitShardRequest : AmazonWebServiceRequest
{
    /// <summary>The stream's name; this or the ARN.</summary>
    public string? StreamName { get; set; }

    /// <summary>The stream's ARN.</summary>
    public string? StreamARN { get; set; }

    /// <summary>The shard.</summary>
    public string ShardToSplit { get; set; } = null!;

    /// <summary>The first hash key of the second new shard.</summary>
    public string NewStartingHashKey { get; set; } = null!;
}
