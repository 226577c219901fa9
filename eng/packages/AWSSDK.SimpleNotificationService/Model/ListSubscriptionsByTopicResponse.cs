using Amazon.Runtime;

namespace Amazon.SimpleNotificationService.Model;

/// <summary>A page of subscriptions.</summary>
public class ListSubscriptionsByTopicResponse : AmazonWebServiceResponse
{
    /// <summary>The subscriptions.</summary>
    public List<Subscription> Subscriptions { get; set; } = null!;

    /// <summary>The token for the next page, if there is one.</summary>
    public string? NextToken { get; set; }
}
