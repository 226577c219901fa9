using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>The position of the record.</summary>
public class PutRecordResponse : AmazonWebServiceResponse
{
    /// <summary>The shard.</summary>
    public string ShardId { get; set; } = null!;

    /// <summary>Its sequence number.</summary>
    public string SequenceNumber { get; set; } = null!;

    /// <summary>Its encryption.</summary>
    public EncryptionType? EncryptionType { get; set; }
}
