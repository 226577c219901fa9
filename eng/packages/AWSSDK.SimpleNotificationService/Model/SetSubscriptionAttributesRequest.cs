using Amazon.Runtime;

namespace Amazon.SimpleNotificationService.Model;

/// <summary>An attribute to set.</summary>
public class SetSubscriptionAttributesRequest : AmazonWebServiceRequest
{
    /// <summary>The subscription.</summary>
    public string SubscriptionArn { get; set; } = null!;

    /// <summary>For example <c>FilterPolicy</c>.</summary>
    public string AttributeName { get; set; } = null!;

    /// <summary>The value.</summary>
    public string? AttributeValue { get; set; }
}
