namespace Amazon.SQS.Model;

/// <summary>A received message.</summary>
public class Message
{
    /// <summary>Its identifier.</summary>
    public string MessageId { get; set; } = null!;

    /// <summary>What to delete it by.</summary>
    public string ReceiptHandle { get; set; } = null!;

    /// <summary>Its text.</summary>
    public string Body { get; set; } = null!;

    /// <summary>The MD5 of its text, in hexadecimal.</summary>
    public string? MD5OfBody { get; set; }

    /// <summary>The queue's own attributes of it, if they were asked for.</summary>
    public Dictionary<string, string>? Attributes { get; set; }

    /// <summary>Its attributes, if they were asked for.</summary>
    public Dictionary<string, MessageAttributeValue>? MessageAttributes { get; set; }
}
