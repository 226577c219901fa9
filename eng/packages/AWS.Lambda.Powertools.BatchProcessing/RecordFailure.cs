namespace AWS.Lambda.Powertools.BatchProcessing;

/// <summary>A record that is reported as failed.</summary>
/// <typeparam name="TRecord">The record type of the batch.</typeparam>
public class RecordFailure<TRecord>
{
    /// <summary>The cause: the handler's exception as inner exception, or that the record was not processed.</summary>
    public Exception Exception { get; init; } = null!;

    /// <summary>The record.</summary>
    public TRecord Record { get; init; } = default!;

    /// <summary>The record's identifier; for Kinesis its sequence number.</summary>
    public string RecordId { get; init; } = null!;
}
