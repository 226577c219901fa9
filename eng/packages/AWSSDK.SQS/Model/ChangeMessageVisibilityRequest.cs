using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>The visibility timeout of a message.</summary>
public class ChangeMessageVisibilityRequest : AmazonWebServiceRequest
{
    /// <summary>The queue's URL.</summary>
    public string QueueUrl { get; set; } = null!;

    /// <summary>The handle that it was received with.</summary>
    public string ReceiptHandle { get; set; } = null!;

    /// <summary>The time from now, in seconds: up to 12 hours.</summary>
    public int? VisibilityTimeout { get; set; }
}
