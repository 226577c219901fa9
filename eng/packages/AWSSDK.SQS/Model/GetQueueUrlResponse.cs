using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>The queue.</summary>
public class GetQueueUrlResponse : AmazonWebServiceResponse
{
    /// <summary>Its URL.</summary>
    public string QueueUrl { get; set; } = null!;
}
