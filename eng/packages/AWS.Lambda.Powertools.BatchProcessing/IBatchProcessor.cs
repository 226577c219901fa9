namespace AWS.Lambda.Powertools.BatchProcessing;

/// <summary>Runs a handler over the records of a batch and reports the failed ones.</summary>
/// <typeparam name="TEvent">The type of event that contains a batch.</typeparam>
/// <typeparam name="TRecord">The record type of the batch.</typeparam>
public interface IBatchProcessor<in TEvent, TRecord>
{
    /// <summary>Processes a batch with the default options.</summary>
    Task<ProcessingResult<TRecord>> ProcessAsync(TEvent @event, IRecordHandler<TRecord> recordHandler);

    /// <summary>Processes a batch until the token is cancelled.</summary>
    Task<ProcessingResult<TRecord>> ProcessAsync(TEvent @event, IRecordHandler<TRecord> recordHandler, CancellationToken cancellationToken);

    /// <summary>Processes a batch.</summary>
    /// <returns>The result of this call; an empty batch has an empty response.</returns>
    /// <exception cref="AggregateException">Every record failed and <see cref="ProcessingOptions.ThrowOnFullBatchFailure"/> is set.</exception>
    Task<ProcessingResult<TRecord>> ProcessAsync(TEvent @event, IRecordHandler<TRecord> recordHandler, ProcessingOptions processingOptions);
}
