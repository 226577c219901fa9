using AWS.Lambda.Powertools.BatchProcessing.Exceptions;

namespace AWS.Lambda.Powertools.BatchProcessing;

/// <summary>Runs a handler over the records of a batch, one by one and in order, and reports the failed ones.</summary>
/// <typeparam name="TEvent">The type of event that contains a batch.</typeparam>
/// <typeparam name="TRecord">The record type of the batch.</typeparam>
public abstract class BatchProcessor<TEvent, TRecord> : IBatchProcessor<TEvent, TRecord>
{
    private static readonly ProcessingOptions Defaults = new();

    /// <inheritdoc/>
    public Task<ProcessingResult<TRecord>> ProcessAsync(TEvent @event, IRecordHandler<TRecord> recordHandler) =>
        ProcessAsync(@event, recordHandler, Defaults);

    /// <inheritdoc/>
    public Task<ProcessingResult<TRecord>> ProcessAsync(
        TEvent @event, IRecordHandler<TRecord> recordHandler, CancellationToken cancellationToken) =>
        ProcessAsync(@event, recordHandler, new ProcessingOptions { CancellationToken = cancellationToken });

    /// <inheritdoc/>
    public virtual async Task<ProcessingResult<TRecord>> ProcessAsync(
        TEvent @event, IRecordHandler<TRecord> recordHandler, ProcessingOptions processingOptions)
    {
        ArgumentNullException.ThrowIfNull(@event);
        ArgumentNullException.ThrowIfNull(recordHandler);
        var options = processingOptions ?? Defaults;
        var policy = options.ErrorHandlingPolicy ?? BatchProcessorErrorHandlingPolicy.DeriveFromEvent;
        if (policy == BatchProcessorErrorHandlingPolicy.DeriveFromEvent)
        {
            policy = GetErrorHandlingPolicyForEvent(@event);
        }

        var cancellationToken = options.CancellationToken ?? CancellationToken.None;
        var batch = GetRecordsFromEvent(@event);
        var records = batch as IList<TRecord> ?? [.. batch];
        var result = new ProcessingResult<TRecord>(records, GetRecordId);
        var index = 0;
        var stopped = false;
        while (index < records.Count && !stopped && !cancellationToken.IsCancellationRequested)
        {
            try
            {
                result.AddSuccess(index, await recordHandler.HandleAsync(records[index], cancellationToken).ConfigureAwait(false));
            }
#pragma warning disable CA1031 // Whatever a handler throws makes its record a failed one; nothing may be lost.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                result.AddFailure(index, new RecordProcessingException(
                    $"Record '{GetRecordId(records[index])}' failed: {exception.Message}", exception));
                stopped = policy == BatchProcessorErrorHandlingPolicy.StopOnFirstBatchItemFailure;
            }

            index++;
        }

        if (index < records.Count)
        {
            var unprocessed = new UnprocessedRecordException(
                stopped ? "Not processed: an earlier record of the batch failed." : "Not processed: the batch was cancelled.");
            for (; index < records.Count; index++)
            {
                result.AddFailure(index, unprocessed);
            }
        }

        if (options.ThrowOnFullBatchFailure && records.Count > 0 && result.FailureRecords.Count == records.Count)
        {
            throw new BatchProcessingException(
                $"All {records.Count} records of the batch failed.", result.FailureRecords.Select(failure => failure.Exception));
        }

        return result;
    }

    /// <summary>The policy that <see cref="BatchProcessorErrorHandlingPolicy.DeriveFromEvent"/> selects for an event.</summary>
    protected abstract BatchProcessorErrorHandlingPolicy GetErrorHandlingPolicyForEvent(TEvent @event);

    /// <summary>An event's records.</summary>
    protected abstract ICollection<TRecord> GetRecordsFromEvent(TEvent @event);

    /// <summary>The record's identifier for Lambda, computed on demand.</summary>
    protected abstract string GetRecordId(TRecord record);
}
