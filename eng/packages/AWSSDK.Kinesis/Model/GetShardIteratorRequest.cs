using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>The position at which to start reading.</summary>
public class GetShardIteratorRequest : AmazonWebServiceRequest
{
    /// <summary>The stream's name; this or the ARN.</summary>
    public string? StreamName { get; set; }

    /// <summary>The stream's ARN.</summary>
    public string? StreamARN { get; set; }

    /// <summary>The shard.</summary>
    public string ShardId { get; set; } = null!;

    /// <summary>The kind of starting position.</summary>
    public ShardIteratorType ShardIteratorType { get; set; } = null!;

    /// <summary>The record to start at or after.</summary>
    public string? StartingSequenceNumber { get; set; }

    /// <summary>The time to start at.</summary>
    public DateTime? Timestamp { get; set; }
}
