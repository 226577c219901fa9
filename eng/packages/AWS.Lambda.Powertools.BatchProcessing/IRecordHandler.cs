namespace AWS.Lambda.Powertools.BatchProcessing;

/// <summary>Processes one record of a batch.</summary>
/// <typeparam name="TRecord">The record type of the batch.</typeparam>
public interface IRecordHandler<in TRecord>
{
    /// <summary>Processes a record; an exception marks it as failed.</summary>
    Task<RecordHandlerResult> HandleAsync(TRecord record, CancellationToken cancellationToken);
}
