using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>A stream, in short.</summary>
public class DescribeStreamSummaryResponse : AmazonWebServiceResponse
{
    /// <summary>The description.</summary>
    public StreamDescriptionSummary StreamDescriptionSummary { get; set; } = null!;
}
