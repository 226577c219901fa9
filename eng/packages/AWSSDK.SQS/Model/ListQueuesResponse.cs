using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>A page of queues.</summary>
public class ListQueuesResponse : AmazonWebServiceResponse
{
    /// <summary>Their URLs; null or empty if there are none.</summary>
    public List<string>? QueueUrls { get; set; }

    /// <summary>The token for the next page, if there is one.</summary>
    public string? NextToken { get; set; }
}
