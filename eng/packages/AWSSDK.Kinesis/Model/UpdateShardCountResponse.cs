using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>The stream is being resharded.</summary>
public class UpdateShardCountResponse : AmazonWebServiceResponse
{
    /// <summary>Its name.</summary>
    public string? StreamName { get; set; }

    /// <summary>Its ARN.</summary>
    public string? StreamARN { get; set; }

    /// <summary>The current number of shards.</summary>
    public int? CurrentShardCount { get; set; }

    /// <summary>The target number of shards.</summary>
    public int? TargetShardCount { get; set; }
}
