using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>Attributes to get.</summary>
public class GetQueueAttributesRequest : AmazonWebServiceRequest
{
    /// <summary>The queue's URL.</summary>
    public string QueueUrl { get; set; } = null!;

    /// <summary>Their names; <c>All</c> for all.</summary>
    public List<string> AttributeNames { get; set; } = null!;
}
