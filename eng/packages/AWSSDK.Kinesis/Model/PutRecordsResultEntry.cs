namespace Amazon.Kinesis.Model;

/// <summary>The result of a record: a position or an error.</summary>
public class PutRecordsResultEntry
{
    /// <summary>The shard, if it was written.</summary>
    public string? ShardId { get; set; }

    /// <summary>Its sequence number, if it was written.</summary>
    public string? SequenceNumber { get; set; }

    /// <summary><c>ProvisionedThroughputExceededException</c> or <c>InternalFailure</c>, if it was not.</summary>
    public string? ErrorCode { get; set; }

    /// <summary>Why.</summary>
    public string? ErrorMessage { get; set; }
}
