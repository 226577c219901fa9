namespace Amazon.SQS.Model;

/// <summary>A message to delete.</summary>
public class DeleteMessageBatchRequestEntry
{
    /// <summary>Its name within the batch.</summary>
    public string Id { get; set; } = null!;

    /// <summary>The handle that it was received with.</summary>
    public string ReceiptHandle { get; set; } = null!;
}
