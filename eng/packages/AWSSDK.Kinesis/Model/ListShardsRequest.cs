using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>The stream whose shards to list, or only the token of the previous page.</summary>
public class ListShardsRequest : AmazonWebServiceRequest
{
    /// <summary>The stream's name; this or the ARN.</summary>
    public string? StreamName { get; set; }

    /// <summary>The stream's ARN.</summary>
    public string? StreamARN { get; set; }

    /// <summary>The token of the previous page.</summary>
    public string? NextToken { get; set; }

    /// <summary>The shard after which the list starts.</summary>
    public string? ExclusiveStartShardId { get; set; }

    /// <summary>The page size in shards; 1,000 by default.</summary>
    public int? MaxResults { get; set; }

    /// <summary>A filter.</summary>
    public ShardFilter? ShardFilter { get; set; }

    /// <summary>Distinguishes a stream from an earlier one of the same name.</summary>
    public DateTime? StreamCreationTimestamp { get; set; }
}
