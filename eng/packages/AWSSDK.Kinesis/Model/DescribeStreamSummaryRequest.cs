using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>A stream to describe.</summary>
public class DescribeStreamSummaryRequest : AmazonWebServiceRequest
{
    /// <summary>The stream's name; this or the ARN.</summary>
    public string? StreamName { get; set; }

    /// <summary>The stream's ARN.</summary>
    public string? StreamARN { get; set; }
}
