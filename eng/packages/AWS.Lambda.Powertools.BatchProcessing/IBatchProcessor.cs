namespace AWS.Lambda.Powertools.BatchProcessing;

/// <summary>Runs a handler over the records of a batch and says which of them failed.</summary>
/// <typeparam name="TEvent">The type of event, which holds a batch.</typeparam>
/// <typeparam name="TRecord">The batch's type of record.</typeparam>
public interface IBatchProcessor<in TEvent, TRecord>
{
    /// <summary>Processes a batch with the options as shipped.</summary>
    Task<ProcessingResult<TRecord>> ProcessAsync(TEvent @event, IRecordHandler<TRecord> recordHandler);

    /// <summary>Processes a batch until the token is cancelled.</summary>
    Task<ProcessingResult<TRecord>> ProcessAsync(TEvent @event, IRecordHandler<TRecord> recordHandler, CancellationToken cancellationToken);

    /// <summary>Processes a batch.</summary>
    /// <returns>The result of this call alone; an empty batch has an empty response.</returns>
    /// <exception cref="AggregateException">Every record failed and <see cref="ProcessingOptions.ThrowOnFullBatchFailure"/> is set.</exception>
    Task<ProcessingResult<TRecord>> ProcessAsync(TEvent @event, IRecordHandler<TRecord> recordHandler, ProcessingOptions processingOptions);
}
