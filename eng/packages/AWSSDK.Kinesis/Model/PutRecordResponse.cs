using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>Where the record is.</summary>
public class PutRecordResponse : AmazonWebServiceResponse
{
    /// <summary>The shard.</summary>
    public string ShardId { get; set; } = null!;

    /// <summary>Its place there.</summary>
    public string SequenceNumber { get; set; } = null!;

    /// <summary>How it was encrypted.</summary>
    public EncryptionType? EncryptionType { get; set; }
}
