using Amazon.Runtime;

namespace Amazon.SimpleNotificationService.Model;

/// <summary>Messages to publish.</summary>
public class PublishBatchRequest : AmazonWebServiceRequest
{
    /// <summary>The topic.</summary>
    public string TopicArn { get; set; } = null!;

    /// <summary>The messages, at most 10.</summary>
    public List<PublishBatchRequestEntry> PublishBatchRequestEntries { get; set; } = null!;
}
