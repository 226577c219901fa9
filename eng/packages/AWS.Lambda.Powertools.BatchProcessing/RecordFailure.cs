namespace AWS.Lambda.Powertools.BatchProcessing;

/// <summary>A record that is reported as failed.</summary>
/// <typeparam name="TRecord">The batch's type of record.</typeparam>
public class RecordFailure<TRecord>
{
    /// <summary>Why: the handler's exception as the inner one, or that the record's turn never came.</summary>
    public Exception Exception { get; init; } = null!;

    /// <summary>The record.</summary>
    public TRecord Record { get; init; } = default!;

    /// <summary>The record's identifier; for Kinesis its sequence number.</summary>
    public string RecordId { get; init; } = null!;
}
