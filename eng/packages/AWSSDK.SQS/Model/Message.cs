namespace Amazon.SQS.Model;

/// <summary>A received message.</summary>
public class Message
{
    /// <summary>Its identifier.</summary>
    public string MessageId { get; set; } = null!;

    /// <summary>The handle for deleting it.</summary>
    public string ReceiptHandle { get; set; } = null!;

    /// <summary>Its text.</summary>
    public string Body { get; set; } = null!;

    /// <summary>The MD5 of its text, in hexadecimal.</summary>
    public string? MD5OfBody { get; set; }

    /// <summary>The message's system attributes, if requested.</summary>
    public Dictionary<string, string>? Attributes { get; set; }

    /// <summary>Its attributes, if requested.</summary>
    public Dictionary<string, MessageAttributeValue>? MessageAttributes { get; set; }
}
