using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>A queue to find.</summary>
public class GetQueueUrlRequest : AmazonWebServiceRequest
{
    /// <summary>Its name.</summary>
    public string QueueName { get; set; } = null!;

    /// <summary>The account that it belongs to, if another.</summary>
    public string? QueueOwnerAWSAccountId { get; set; }
}
