namespace Amazon.Kinesis.Model;

/// <summary>A record to write.</summary>
public class PutRecordsRequestEntry
{
    /// <summary>Its bytes, all of the stream's whatever its position: at most 1 MiB with the key.</summary>
    public MemoryStream Data { get; set; } = null!;

    /// <summary>What chooses the shard: 1 to 256 characters.</summary>
    public string PartitionKey { get; set; } = null!;

    /// <summary>The hash key, in place of the partition key's.</summary>
    public string? ExplicitHashKey { get; set; }
}
