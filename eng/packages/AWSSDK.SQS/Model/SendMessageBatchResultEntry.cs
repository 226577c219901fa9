namespace Amazon.SQS.Model;

/// <summary>A sent message.</summary>
public class SendMessageBatchResultEntry
{
    /// <summary>Its name within the batch.</summary>
    public string Id { get; set; } = null!;

    /// <summary>Its identifier.</summary>
    public string MessageId { get; set; } = null!;

    /// <summary>The MD5 of its text, in hexadecimal.</summary>
    public string? MD5OfMessageBody { get; set; }

    /// <summary>Its sequence number in a FIFO queue.</summary>
    public string? SequenceNumber { get; set; }
}
