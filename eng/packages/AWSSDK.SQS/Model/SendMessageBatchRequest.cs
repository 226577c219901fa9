using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>Messages to send.</summary>
public class SendMessageBatchRequest : AmazonWebServiceRequest
{
    /// <summary>The queue's URL.</summary>
    public string QueueUrl { get; set; } = null!;

    /// <summary>The messages, at most 10.</summary>
    public List<SendMessageBatchRequestEntry> Entries { get; set; } = null!;
}
