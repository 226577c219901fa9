namespace Amazon.Kinesis.Model;

/// <summary>A record of a stream.</summary>
public class Record
{
    /// <summary>When Kinesis took the record in, UTC.</summary>
    public virtual DateTime? ApproximateArrivalTimestamp { get; set; }

    /// <summary>The record's bytes.</summary>
    public virtual MemoryStream Data { get; set; } = null!;

    /// <summary>How the record was encrypted by the server: <c>NONE</c> or <c>KMS</c>.</summary>
    public virtual string EncryptionType { get; set; } = null!;

    /// <summary>What the record was put with and what chose its shard.</summary>
    public virtual string PartitionKey { get; set; } = null!;

    /// <summary>The record's place in its shard.</summary>
    public virtual string SequenceNumber { get; set; } = null!;
}
