using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>A record to write.</summary>
public class PutRecordRequest : AmazonWebServiceRequest
{
    /// <summary>The stream's name; this or the ARN.</summary>
    public string? StreamName { get; set; }

    /// <summary>The stream's ARN.</summary>
    public string? StreamARN { get; set; }

    /// <summary>Its bytes, the whole stream regardless of its position: at most 1 MiB with the key.</summary>
    public MemoryStream Data { get; set; } = null!;

    /// <summary>The partition key, which selects the shard: 1 to 256 characters.</summary>
    public string PartitionKey { get; set; } = null!;

    /// <summary>The hash key, overriding the partition key's.</summary>
    public string? ExplicitHashKey { get; set; }

    /// <summary>The sequence number of the preceding record of the same key.</summary>
    public string? SequenceNumberForOrdering { get; set; }
}
