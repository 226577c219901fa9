namespace Amazon.SimpleNotificationService.Model;

/// <summary>A subscription.</summary>
public class Subscription
{
    /// <summary>Its ARN, or <c>PendingConfirmation</c>.</summary>
    public string SubscriptionArn { get; set; } = null!;

    /// <summary>The owner's account.</summary>
    public string? Owner { get; set; }

    /// <summary>The protocol, for example <c>sqs</c>.</summary>
    public string Protocol { get; set; } = null!;

    /// <summary>The endpoint.</summary>
    public string Endpoint { get; set; } = null!;

    /// <summary>The topic.</summary>
    public string TopicArn { get; set; } = null!;
}
