using Amazon.Runtime;

namespace Amazon.SimpleNotificationService.Model;

/// <summary>The message is published.</summary>
public class PublishResponse : AmazonWebServiceResponse
{
    /// <summary>Its identifier.</summary>
    public string MessageId { get; set; } = null!;

    /// <summary>Its sequence number in a FIFO topic.</summary>
    public string? SequenceNumber { get; set; }
}
