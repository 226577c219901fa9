using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>A place to read from.</summary>
public class GetRecordsRequest : AmazonWebServiceRequest
{
    /// <summary>The iterator.</summary>
    public string ShardIterator { get; set; } = null!;

    /// <summary>The most records; 10,000 if not said.</summary>
    public int? Limit { get; set; }

    /// <summary>The stream's ARN.</summary>
    public string? StreamARN { get; set; }
}
