using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>Where to begin to read.</summary>
public class GetShardIteratorRequest : AmazonWebServiceRequest
{
    /// <summary>The stream's name; this or the ARN.</summary>
    public string? StreamName { get; set; }

    /// <summary>The stream's ARN.</summary>
    public string? StreamARN { get; set; }

    /// <summary>The shard.</summary>
    public string ShardId { get; set; } = null!;

    /// <summary>Where to begin.</summary>
    public ShardIteratorType ShardIteratorType { get; set; } = null!;

    /// <summary>The record to begin at or after.</summary>
    public string? StartingSequenceNumber { get; set; }

    /// <summary>The time to begin at.</summary>
    public DateTime? Timestamp { get; set; }
}
