using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>A position to read from.</summary>
public class GetRecordsRequest : AmazonWebServiceRequest
{
    /// <summary>The iterator.</summary>
    public string ShardIterator { get; set; } = null!;

    /// <summary>The maximum number of records; 10,000 by default.</summary>
    public int? Limit { get; set; }

    /// <summary>The stream's ARN.</summary>
    public string? StreamARN { get; set; }
}
