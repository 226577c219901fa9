using Amazon.Runtime;

namespace Amazon.SimpleNotificationService.Model;

/// <summary>The subscription.</summary>
public class SubscribeResponse : AmazonWebServiceResponse
{
    /// <summary>Its ARN, or <c>pending confirmation</c>.</summary>
    public string SubscriptionArn { get; set; } = null!;
}
