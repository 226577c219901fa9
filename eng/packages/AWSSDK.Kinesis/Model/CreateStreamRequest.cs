using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>A stream to create.</summary>
public class CreateStreamRequest : AmazonWebServiceRequest
{
    /// <summary>Its name, unique in the account and region.</summary>
    public string StreamName { get; set; } = null!;

    /// <summary>The number of shards of a provisioned stream.</summary>
    public int? ShardCount { get; set; }

    /// <summary>Its capacity mode; provisioned by default.</summary>
    public StreamModeDetails? StreamModeDetails { get; set; }
}
