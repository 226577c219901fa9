using Amazon.Runtime;

namespace Amazon.SimpleNotificationService.Model;

/// <summary>A subscription to end.</summary>
public class UnsubscribeRequest : AmazonWebServiceRequest
{
    /// <summary>Its ARN.</summary>
    public string SubscriptionArn { get; set; } = null!;
}
