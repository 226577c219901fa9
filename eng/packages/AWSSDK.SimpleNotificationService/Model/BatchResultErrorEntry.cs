namespace Amazon.SimpleNotificationService.Model;

/// <summary>A message that is not published.</summary>
public class BatchResultErrorEntry
{
    /// <summary>Its name within the batch.</summary>
    public string Id { get; set; } = null!;

    /// <summary>The error.</summary>
    public string Code { get; set; } = null!;

    /// <summary>Why.</summary>
    public string? Message { get; set; }

    /// <summary>Whether the sender caused the error, so that a retry is pointless.</summary>
    public bool? SenderFault { get; set; }
}
