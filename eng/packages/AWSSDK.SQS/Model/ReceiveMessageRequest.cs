using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>Selects the messages to receive.</summary>
public class ReceiveMessageRequest : AmazonWebServiceRequest
{
    /// <summary>The queue's URL.</summary>
    public string QueueUrl { get; set; } = null!;

    /// <summary>The maximum number of messages: 1 to 10; 1 by default.</summary>
    public int? MaxNumberOfMessages { get; set; }

    /// <summary>The time to wait for the first message: up to 20 s.</summary>
    public int? WaitTimeSeconds { get; set; }

    /// <summary>The visibility timeout, in seconds; the queue's by default.</summary>
    public int? VisibilityTimeout { get; set; }

    /// <summary>The message attributes to return; <c>All</c> for all.</summary>
    public List<string>? MessageAttributeNames { get; set; }

    /// <summary>The system attributes to return, such as <c>SentTimestamp</c>; <c>All</c> for all.</summary>
    public List<string>? MessageSystemAttributeNames { get; set; }

    /// <summary>For a FIFO queue: a retry with the same ID receives the same messages.</summary>
    public string? ReceiveRequestAttemptId { get; set; }
}
