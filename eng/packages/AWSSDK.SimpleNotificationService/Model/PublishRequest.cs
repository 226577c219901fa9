using Amazon.Runtime;

namespace Amazon.SimpleNotificationService.Model;

/// <summary>A message to publish.</summary>
public class PublishRequest : AmazonWebServiceRequest
{
    /// <summary>The topic.</summary>
    public string? TopicArn { get; set; }

    /// <summary>An endpoint, instead of a topic.</summary>
    public string? TargetArn { get; set; }

    /// <summary>The text, or JSON with a text per protocol if the structure is <c>json</c>.</summary>
    public string Message { get; set; } = null!;

    /// <summary>The subject of e-mails: up to 100 printable ASCII characters.</summary>
    public string? Subject { get; set; }

    /// <summary><c>json</c> if the message has a text for each protocol.</summary>
    public string? MessageStructure { get; set; }

    /// <summary>Its attributes.</summary>
    public Dictionary<string, MessageAttributeValue>? MessageAttributes { get; set; }

    /// <summary>For a FIFO topic: the group that is delivered in order.</summary>
    public string? MessageGroupId { get; set; }

    /// <summary>For a FIFO topic: the ID that is delivered once within five minutes.</summary>
    public string? MessageDeduplicationId { get; set; }
}
