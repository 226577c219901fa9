namespace Amazon.Kinesis.Model;

/// <summary>A record of a stream.</summary>
public class Record
{
    /// <summary>When Kinesis received the record, UTC.</summary>
    public virtual DateTime? ApproximateArrivalTimestamp { get; set; }

    /// <summary>The record's bytes.</summary>
    public virtual MemoryStream Data { get; set; } = null!;

    /// <summary>The record's server-side encryption: <c>NONE</c> or <c>KMS</c>.</summary>
    public virtual string EncryptionType { get; set; } = null!;

    /// <summary>The partition key, which selected the shard.</summary>
    public virtual string PartitionKey { get; set; } = null!;

    /// <summary>The record's sequence number.</summary>
    public virtual string SequenceNumber { get; set; } = null!;
}
