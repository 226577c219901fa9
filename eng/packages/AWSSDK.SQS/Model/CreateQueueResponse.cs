using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>The queue.</summary>
public class CreateQueueResponse : AmazonWebServiceResponse
{
    /// <summary>Its URL.</summary>
    public string QueueUrl { get; set; } = null!;
}
