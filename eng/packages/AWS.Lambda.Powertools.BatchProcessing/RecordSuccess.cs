namespace AWS.Lambda.Powertools.BatchProcessing;

/// <summary>A record that was processed.</summary>
/// <typeparam name="TRecord">The record type of the batch.</typeparam>
public class RecordSuccess<TRecord>
{
    /// <summary>The handler's result.</summary>
    public RecordHandlerResult HandlerResult { get; init; } = null!;

    /// <summary>The record.</summary>
    public TRecord Record { get; init; } = default!;

    /// <summary>The record's identifier; for Kinesis its sequence number.</summary>
    public string RecordId { get; init; } = null!;
}
