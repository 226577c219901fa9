using Amazon.Runtime;

namespace Amazon.SimpleNotificationService.Model;

/// <summary>An endpoint to subscribe.</summary>
public class SubscribeRequest : AmazonWebServiceRequest
{
    /// <summary>The topic.</summary>
    public string TopicArn { get; set; } = null!;

    /// <summary>The protocol: <c>sqs</c>, <c>lambda</c>, <c>https</c>, <c>email</c>, ...</summary>
    public string Protocol { get; set; } = null!;

    /// <summary>The endpoint: an ARN, a URL or an address.</summary>
    public string Endpoint { get; set; } = null!;

    /// <summary>The subscription's attributes, such as <c>RawMessageDelivery</c> and <c>FilterPolicy</c>.</summary>
    public Dictionary<string, string>? Attributes { get; set; }

    /// <summary>Whether to return the ARN even if the subscription is not confirmed.</summary>
    public bool? ReturnSubscriptionArn { get; set; }
}
