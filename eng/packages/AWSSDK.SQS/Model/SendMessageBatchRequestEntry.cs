namespace Amazon.SQS.Model;

/// <summary>A message of a batch.</summary>
public class SendMessageBatchRequestEntry
{
    /// <summary>Its name within the batch.</summary>
    public string Id { get; set; } = null!;

    /// <summary>The text.</summary>
    public string MessageBody { get; set; } = null!;

    /// <summary>For how long it stays hidden at first: up to 900 s.</summary>
    public int? DelaySeconds { get; set; }

    /// <summary>Its attributes, at most 10.</summary>
    public Dictionary<string, MessageAttributeValue>? MessageAttributes { get; set; }

    /// <summary>For a FIFO queue: what is received in order.</summary>
    public string? MessageGroupId { get; set; }

    /// <summary>For a FIFO queue: what is taken once within five minutes.</summary>
    public string? MessageDeduplicationId { get; set; }
}
