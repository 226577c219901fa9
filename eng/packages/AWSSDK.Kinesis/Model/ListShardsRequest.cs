using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>The stream whose shards to list, or the token of the page before and nothing else.</summary>
public class ListShardsRequest : AmazonWebServiceRequest
{
    /// <summary>The stream's name; this or the ARN.</summary>
    public string? StreamName { get; set; }

    /// <summary>The stream's ARN.</summary>
    public string? StreamARN { get; set; }

    /// <summary>The token of the page before.</summary>
    public string? NextToken { get; set; }

    /// <summary>The shard to begin after.</summary>
    public string? ExclusiveStartShardId { get; set; }

    /// <summary>The most shards of a page; 1,000 if not said.</summary>
    public int? MaxResults { get; set; }

    /// <summary>Which shards.</summary>
    public ShardFilter? ShardFilter { get; set; }

    /// <summary>To tell a stream from one of the same name before it.</summary>
    public DateTime? StreamCreationTimestamp { get; set; }
}
