namespace Amazon.Kinesis.Model;

/// <summary>A record to write.</summary>
public class PutRecordsRequestEntry
{
    /// <summary>Its bytes, the whole stream regardless of its position: at most 1 MiB with the key.</summary>
    public MemoryStream Data { get; set; } = null!;

    /// <summary>The partition key, which selects the shard: 1 to 256 characters.</summary>
    public string PartitionKey { get; set; } = null!;

    /// <summary>The hash key, overriding the partition key's.</summary>
    public string? ExplicitHashKey { get; set; }
}
