using Amazon.Runtime;

namespace Amazon.SimpleNotificationService.Model;

/// <summary>The topic whose subscriptions to list.</summary>
public class ListSubscriptionsByTopicRequest : AmazonWebServiceRequest
{
    /// <summary>The topic.</summary>
    public string TopicArn { get; set; } = null!;

    /// <summary>The token of the previous page.</summary>
    public string? NextToken { get; set; }
}
