using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>The message is in the queue.</summary>
public class SendMessageResponse : AmazonWebServiceResponse
{
    /// <summary>Its identifier.</summary>
    public string MessageId { get; set; } = null!;

    /// <summary>The MD5 of its text, in hexadecimal.</summary>
    public string? MD5OfMessageBody { get; set; }

    /// <summary>Its sequence number in a FIFO queue.</summary>
    public string? SequenceNumber { get; set; }
}
