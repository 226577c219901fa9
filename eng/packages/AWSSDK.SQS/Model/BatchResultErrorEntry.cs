namespace Amazon.SQS.Model;

/// <summary>An entry of a batch that failed.</summary>
public class BatchResultErrorEntry
{
    /// <summary>Its name within the batch.</summary>
    public string Id { get; set; } = null!;

    /// <summary>The error.</summary>
    public string Code { get; set; } = null!;

    /// <summary>Why.</summary>
    public string? Message { get; set; }

    /// <summary>Whether the fault is the sender's, so that it is of no use to try again.</summary>
    public bool? SenderFault { get; set; }
}
