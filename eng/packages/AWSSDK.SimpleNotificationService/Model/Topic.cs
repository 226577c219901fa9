namespace Amazon.SimpleNotificationService.Model;

/// <summary>A topic.</summary>
public class Topic
{
    /// <summary>Its ARN.</summary>
    public string TopicArn { get; set; } = null!;
}
