using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>A stream to describe.</summary>
public class DescribeStreamRequest : AmazonWebServiceRequest
{
    /// <summary>The stream's name; this or the ARN.</summary>
    public string? StreamName { get; set; }

    /// <summary>The stream's ARN.</summary>
    public string? StreamARN { get; set; }

    /// <summary>The last shard of the page before.</summary>
    public string? ExclusiveStartShardId { get; set; }

    /// <summary>The most shards of a page; 100 if not said.</summary>
    public int? Limit { get; set; }
}
