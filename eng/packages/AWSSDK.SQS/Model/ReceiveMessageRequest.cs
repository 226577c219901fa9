using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>Which messages to receive.</summary>
public class ReceiveMessageRequest : AmazonWebServiceRequest
{
    /// <summary>The queue's URL.</summary>
    public string QueueUrl { get; set; } = null!;

    /// <summary>The most messages: 1 to 10; 1 by default.</summary>
    public int? MaxNumberOfMessages { get; set; }

    /// <summary>How long to wait for the first: up to 20 s.</summary>
    public int? WaitTimeSeconds { get; set; }

    /// <summary>For how long they are hidden, in seconds; the queue's own by default.</summary>
    public int? VisibilityTimeout { get; set; }

    /// <summary>Which of their attributes; <c>All</c> for all.</summary>
    public List<string>? MessageAttributeNames { get; set; }

    /// <summary>Which of the queue's own attributes, such as <c>SentTimestamp</c>; <c>All</c> for all.</summary>
    public List<string>? MessageSystemAttributeNames { get; set; }

    /// <summary>For a FIFO queue: the same again gets the same messages.</summary>
    public string? ReceiveRequestAttemptId { get; set; }
}
