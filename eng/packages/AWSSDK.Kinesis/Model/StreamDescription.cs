namespace Amazon.Kinesis.Model;

/// <summary>A stream and a page of its shards.</summary>
public class StreamDescription
{
    /// <summary>Its name.</summary>
    public string StreamName { get; set; } = null!;

    /// <summary>Its ARN.</summary>
    public string StreamARN { get; set; } = null!;

    /// <summary>The description.</summary>
    public StreamStatus StreamStatus { get; set; } = null!;

    /// <summary>When it was created, UTC.</summary>
    public DateTime? StreamCreationTimestamp { get; set; }

    /// <summary>The retention period, in hours.</summary>
    public int? RetentionPeriodHours { get; set; }

    /// <summary>The encryption of records.</summary>
    public EncryptionType? EncryptionType { get; set; }

    /// <summary>The key, if encrypted.</summary>
    public string? KeyId { get; set; }

    /// <summary>Its capacity mode.</summary>
    public StreamModeDetails? StreamModeDetails { get; set; }

    /// <summary>The shards of this page.</summary>
    public List<Shard> Shards { get; set; } = null!;

    /// <summary>Whether there are further pages.</summary>
    public bool? HasMoreShards { get; set; }
}
