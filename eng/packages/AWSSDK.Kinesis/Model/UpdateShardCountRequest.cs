using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>A stream's target number of shards.</summary>
public class UpdateShardCountRequest : AmazonWebServiceRequest
{
    /// <summary>The stream's name; this or the ARN.</summary>
    public string? StreamName { get; set; }

    /// <summary>The stream's ARN.</summary>
    public string? StreamARN { get; set; }

    /// <summary>The number of shards.</summary>
    public int? TargetShardCount { get; set; }

    /// <summary>The scaling type.</summary>
    public ScalingType ScalingType { get; set; } = null!;
}
