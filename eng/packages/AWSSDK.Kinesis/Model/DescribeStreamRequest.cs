using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>A stream to describe.</summary>
public class DescribeStreamRequest : AmazonWebServiceRequest
{
    /// <summary>The stream's name; this or the ARN.</summary>
    public string? StreamName { get; set; }

    /// <summary>The stream's ARN.</summary>
    public string? StreamARN { get; set; }

    /// <summary>The last shard of the previous page.</summary>
    public string? ExclusiveStartShardId { get; set; }

    /// <summary>The page size in shards; 100 by default.</summary>
    public int? Limit { get; set; }
}
