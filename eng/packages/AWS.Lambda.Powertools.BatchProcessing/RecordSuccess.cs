namespace AWS.Lambda.Powertools.BatchProcessing;

/// <summary>A record that was processed.</summary>
/// <typeparam name="TRecord">The batch's type of record.</typeparam>
public class RecordSuccess<TRecord>
{
    /// <summary>What the handler returned.</summary>
    public RecordHandlerResult HandlerResult { get; init; } = null!;

    /// <summary>The record.</summary>
    public TRecord Record { get; init; } = default!;

    /// <summary>The record's identifier; for Kinesis its sequence number.</summary>
    public string RecordId { get; init; } = null!;
}
