namespace Amazon.Kinesis.Model;

/// <summary>A stream without its shards.</summary>
public class StreamDescriptionSummary
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

    /// <summary>The number of open shards.</summary>
    public int? OpenShardCount { get; set; }

    /// <summary>The number of registered consumers.</summary>
    public int? ConsumerCount { get; set; }
}
