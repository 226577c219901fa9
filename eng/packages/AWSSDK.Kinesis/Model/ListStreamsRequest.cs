using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>Selects a page of streams.</summary>
public class ListStreamsRequest : AmazonWebServiceRequest
{
    /// <summary>The token of the previous page.</summary>
    public string? NextToken { get; set; }

    /// <summary>The last stream of the previous page.</summary>
    public string? ExclusiveStartStreamName { get; set; }

    /// <summary>The page size in streams; 100 by default.</summary>
    public int? Limit { get; set; }
}
