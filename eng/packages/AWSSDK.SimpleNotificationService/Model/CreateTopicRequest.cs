using Amazon.Runtime;

namespace Amazon.SimpleNotificationService.Model;

/// <summary>A topic to create.</summary>
public class CreateTopicRequest : AmazonWebServiceRequest
{
    /// <summary>Its name; that of a FIFO topic ends in <c>.fifo</c>.</summary>
    public string Name { get; set; } = null!;

    /// <summary>Its attributes, such as <c>FifoTopic</c>.</summary>
    public Dictionary<string, string>? Attributes { get; set; }

    /// <summary>Its tags.</summary>
    public List<Tag>? Tags { get; set; }
}
