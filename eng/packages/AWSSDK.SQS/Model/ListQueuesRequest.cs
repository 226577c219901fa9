using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>Which queues to list.</summary>
public class ListQueuesRequest : AmazonWebServiceRequest
{
    /// <summary>What their names begin with.</summary>
    public string? QueueNamePrefix { get; set; }

    /// <summary>The most queues of a page: up to 1,000.</summary>
    public int? MaxResults { get; set; }

    /// <summary>The token of the previous page.</summary>
    public string? NextToken { get; set; }
}
