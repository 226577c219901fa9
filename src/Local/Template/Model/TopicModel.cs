namespace Analytics.Local.Template.Model;

/// <summary>An SNS topic with its inline subscriptions.</summary>
/// <param name="LogicalId">The logical ID in the template.</param>
/// <param name="Name">The name.</param>
/// <param name="Attributes">The attributes for CreateTopic.</param>
/// <param name="Subscriptions">The inline subscriptions.</param>
internal sealed record TopicModel(
    string LogicalId, string Name, IReadOnlyDictionary<string, string> Attributes, IReadOnlyList<TopicSubscription> Subscriptions)
    : ResourceModel(LogicalId);

/// <summary>A subscription of a topic.</summary>
/// <param name="Protocol">As <c>sqs</c> or <c>email</c>.</param>
/// <param name="Endpoint">A queue's ARN, an address, ...</param>
/// <param name="Attributes">The attributes for Subscribe: FilterPolicy (JSON), RawMessageDelivery, ...</param>
internal sealed record TopicSubscription(string Protocol, string Endpoint, IReadOnlyDictionary<string, string> Attributes);

/// <summary>A separately declared subscription.</summary>
/// <param name="LogicalId">The logical ID in the template.</param>
/// <param name="TopicArn">The topic.</param>
/// <param name="Subscription">The subscription.</param>
internal sealed record SubscriptionModel(string LogicalId, string TopicArn, TopicSubscription Subscription) : ResourceModel(LogicalId);
