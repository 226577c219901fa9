using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>A queue to find.</summary>
public class GetQueueUrlRequest : AmazonWebServiceRequest
{
    /// <summary>Its name.</summary>
    public string QueueName { get; set; } = null!;

    /// <summary>The owner's account, if it is another account.</summary>
    public string? QueueOwnerAWSAccountId { get; set; }
}
