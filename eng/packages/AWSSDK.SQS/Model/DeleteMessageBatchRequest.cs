using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>Messages to delete.</summary>
public class DeleteMessageBatchRequest : AmazonWebServiceRequest
{
    /// <summary>The queue's URL.</summary>
    public string QueueUrl { get; set; } = null!;

    /// <summary>The messages, at most 10.</summary>
    public List<DeleteMessageBatchRequestEntry> Entries { get; set; } = null!;
}
