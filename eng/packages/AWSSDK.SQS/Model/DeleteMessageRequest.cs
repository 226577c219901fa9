using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>A message to delete.</summary>
public class DeleteMessageRequest : AmazonWebServiceRequest
{
    /// <summary>The queue's URL.</summary>
    public string QueueUrl { get; set; } = null!;

    /// <summary>The handle that it was received with.</summary>
    public string ReceiptHandle { get; set; } = null!;
}
