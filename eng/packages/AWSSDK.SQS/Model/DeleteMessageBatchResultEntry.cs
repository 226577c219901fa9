namespace Amazon.SQS.Model;

/// <summary>A message that is deleted.</summary>
public class DeleteMessageBatchResultEntry
{
    /// <summary>Its name within the batch.</summary>
    public string Id { get; set; } = null!;
}
