using Amazon.Runtime;

namespace Amazon.SimpleNotificationService.Model;

/// <summary>The attribute is set.</summary>
public class SetSubscriptionAttributesResponse : AmazonWebServiceResponse
{
}
