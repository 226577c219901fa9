using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>Which page of streams.</summary>
public class ListStreamsRequest : AmazonWebServiceRequest
{
    /// <summary>The token of the page before.</summary>
    public string? NextToken { get; set; }

    /// <summary>The last stream of the page before.</summary>
    public string? ExclusiveStartStreamName { get; set; }

    /// <summary>The most streams of a page; 100 if not said.</summary>
    public int? Limit { get; set; }
}
