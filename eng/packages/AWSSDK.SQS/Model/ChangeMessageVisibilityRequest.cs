using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>How long a message stays hidden.</summary>
public class ChangeMessageVisibilityRequest : AmazonWebServiceRequest
{
    /// <summary>The queue's URL.</summary>
    public string QueueUrl { get; set; } = null!;

    /// <summary>The handle that it was received with.</summary>
    public string ReceiptHandle { get; set; } = null!;

    /// <summary>From now on, in seconds: up to 12 hours.</summary>
    public int? VisibilityTimeout { get; set; }
}
