namespace Amazon.SimpleNotificationService.Model;

/// <summary>A message that is published.</summary>
public class PublishBatchResultEntry
{
    /// <summary>Its name within the batch.</summary>
    public string Id { get; set; } = null!;

    /// <summary>Its identifier.</summary>
    public string MessageId { get; set; } = null!;

    /// <summary>Its sequence number in a FIFO topic.</summary>
    public string? SequenceNumber { get; set; }
}
