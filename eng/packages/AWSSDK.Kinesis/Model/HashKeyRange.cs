namespace Amazon.Kinesis.Model;

/// <summary>A shard's range of hash keys: the MD5 of a partition key, as a decimal of up to 128 bits.</summary>
public class HashKeyRange
{
    /// <summary>The first.</summary>
    public string StartingHashKey { get; set; } = null!;

    /// <summary>The last.</summary>
    public string EndingHashKey { get; set; } = null!;
}
