using Amazon.Kinesis;
using Amazon.Lambda.Core;
using Amazon.Lambda.KinesisEvents;
using Analytics.Events;
using AWS.Lambda.Powertools.BatchProcessing;
using AWS.Lambda.Powertools.BatchProcessing.Kinesis;

namespace Analytics.Streaming;

/// <summary>
/// Processes a batch in a function: decode, fold, commit, respond. The fold quarantines malformed records; failures are returned to
/// Lambda as a partial batch response with the lowest sequence number to redeliver.
/// </summary>
/// <param name="reader">Decodes the records' bytes.</param>
/// <param name="clock">The clock for the processing time and the commit's deadline.</param>
/// <param name="lookup">Looks up aggregates that are split between two batches of a consumer, or null.</param>
public sealed class BatchProcessor(EventReader reader, TimeProvider clock, IRecordLookup? lookup = null)
{
    private readonly AggregateContinuity _continuity = new(reader, lookup);

    private static readonly ProcessingOptions StopAtFirstFailure = new()
    {
        ErrorHandlingPolicy = BatchProcessorErrorHandlingPolicy.StopOnFirstBatchItemFailure,
        ThrowOnFullBatchFailure = false,
    };

    /// <summary>The log that failures are written to.</summary>
    internal ILogWriter LogWriter { get; init; } = new PowertoolsLogWriter();

    /// <summary>Creates the processor of a function with the default limits and look-ups in the stream that it reads.</summary>
    public static BatchProcessor Create() => new(
        new EventReader(EventLimits.Default),
        TimeProvider.System,
        new StreamLookup(() => new AmazonKinesisClient(AwsClients.Configure(new AmazonKinesisConfig())), TimeProvider.System, new PowertoolsLogWriter()));

    /// <summary>Processes a batch. Not thread-safe: a function processes one batch at a time.</summary>
    /// <param name="kinesisEvent">The batch; its records come from one shard, in order.</param>
    /// <param name="context">The invocation; its remaining time bounds the commit.</param>
    /// <param name="begin">Creates an empty fold. If a record stops the fold, it is called again for the prefix before the record.</param>
    /// <param name="commit">Writes the content of a fold with idempotent writes. The token is canceled shortly before the function's deadline.</param>
    /// <returns>The partial batch response; empty if everything is written.</returns>
    /// <remarks>A disposable fold is disposed of when it is discarded and after its commit.</remarks>
    public async Task<StreamsEventResponse> ProcessAsync<TFold>(
        KinesisEvent kinesisEvent,
        ILambdaContext context,
        Func<BatchInfo, TFold> begin,
        Func<TFold, CancellationToken, Task<CommitResult>> commit)
        where TFold : class, IBatchFold
    {
        ArgumentNullException.ThrowIfNull(kinesisEvent);
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(begin);
        ArgumentNullException.ThrowIfNull(commit);

        var batch = new Batch(kinesisEvent.Records ?? []);
        if (batch.Count == 0)
        {
            return Success();
        }

        var log = new BatchLog(LogWriter, context.AwsRequestId, batch.ShardId);
        if (batch.RejectionReason is { } reason)
        {
            log.Rejected(batch.IdentifierAt(batch.ValidPrefixLength), reason);
        }

        try
        {
            return await ProcessAsync(batch, context, begin, commit, log).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // After any failure the batch must be redelivered, so its first record is reported to Lambda.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            log.BatchFailed(exception);
            return Report(batch, 0);
        }
    }

    private async Task<StreamsEventResponse> ProcessAsync<TFold>(
        Batch batch,
        ILambdaContext context,
        Func<BatchInfo, TFold> begin,
        Func<TFold, CancellationToken, Task<CommitResult>> commit,
        BatchLog log)
        where TFold : class, IBatchFold
    {
        var info = new BatchInfo(batch.StreamArn, batch.ShardId, clock.GetUtcNow()) { IsFromConsumer = batch.IsFromConsumer };
        var leading = await _continuity.FindLeadingAsync(batch, context.AwsRequestId, CancellationToken.None).ConfigureAwait(false);
        OccurrenceNumbering? numbering = null;
        var failed = 0;
        try
        {
            (numbering, failed) = await FoldAndCommitAsync(batch, info, leading, context, begin, commit, log).ConfigureAwait(false);
            return failed < batch.Count ? Report(batch, failed) : Success();
        }
        finally
        {
            _continuity.Remember(batch, context.AwsRequestId, leading, numbering, failed);
        }
    }

    /// <returns>The numbering of the committed records, and the index of the first record to redeliver.</returns>
    private async Task<(OccurrenceNumbering? Numbering, int Failed)> FoldAndCommitAsync<TFold>(
        Batch batch,
        BatchInfo info,
        OccurrenceCounter? leading,
        ILambdaContext context,
        Func<BatchInfo, TFold> begin,
        Func<TFold, CancellationToken, Task<CommitResult>> commit,
        BatchLog log)
        where TFold : class, IBatchFold
    {
        for (var count = batch.ValidPrefixLength; count > 0;)
        {
            var fold = begin(info);
            try
            {
                var numbering = new OccurrenceNumbering(batch, leading);
                var folded = await FoldAsync(batch, count, fold, numbering, log).ConfigureAwait(false);
                if (folded < count)
                {
                    count = folded;
                    continue;
                }

                var lowest = await CommitAsync(fold, context, commit, log).ConfigureAwait(false);
                return (numbering, lowest is { } sequenceNumber ? batch.IndexFrom(sequenceNumber) : count);
            }
            finally
            {
                (fold as IDisposable)?.Dispose();
            }
        }

        return (null, 0);
    }

    private async Task<int> FoldAsync<TFold>(Batch batch, int count, TFold fold, OccurrenceNumbering numbering, BatchLog log)
        where TFold : class, IBatchFold
    {
        var handler = new FoldingHandler<TFold>(reader, batch.ShardId, fold, numbering);
        await new StoppingProcessor().ProcessAsync(batch.Take(count), handler, StopAtFirstFailure).ConfigureAwait(false);
        if (handler.Failure is { } exception)
        {
            log.RecordFailed(batch.IdentifierAt(handler.Folded), exception);
        }

        return handler.Folded;
    }

    private async Task<SequenceNumber?> CommitAsync<TFold>(
        TFold fold, ILambdaContext context, Func<TFold, CancellationToken, Task<CommitResult>> commit, BatchLog log)
    {
        using var deadline = FunctionDeadline.Start(context, clock);
        var result = await commit(fold, deadline.Token).ConfigureAwait(false);
        if (result.Lowest is { } lowest)
        {
            log.CommitIncomplete(lowest, result.Cause);
        }

        return result.Lowest;
    }

    private static StreamsEventResponse Success() => new() { BatchItemFailures = [] };

    /// <summary>
    /// Returns the identifier of the record at an index. It includes all records with the same sequence number: Lambda redelivers from the first of them on, and
    /// those that are already written are written again with the same identity.
    /// </summary>
    private static StreamsEventResponse Report(Batch batch, int index) => new()
    {
        BatchItemFailures = [new StreamsEventResponse.BatchItemFailure { ItemIdentifier = batch.IdentifierAt(index) }],
    };

    /// <summary>
    /// A new processor per batch, because the shared instance would share its result between calls. The result itself is not used: it is complete
    /// before the commit, and names records by their sequence number, which user records of an aggregate share under enhanced fan-out.
    /// </summary>
    private sealed class StoppingProcessor : KinesisEventBatchProcessor;

    /// <summary>Folds records one by one, and stores its progress and the error that stopped it.</summary>
    private sealed class FoldingHandler<TFold>(EventReader reader, string shardId, TFold fold, OccurrenceNumbering numbering)
        : IRecordHandler<KinesisEvent.KinesisEventRecord>
        where TFold : class, IBatchFold
    {
        private static readonly Task<RecordHandlerResult> Done = Task.FromResult(RecordHandlerResult.None);

        public int Folded { get; private set; }

        public Exception? Failure { get; private set; }

        public Task<RecordHandlerResult> HandleAsync(KinesisEvent.KinesisEventRecord record, CancellationToken cancellationToken)
        {
            try
            {
                var streamRecord = new StreamRecord(record, shardId);
                numbering.BeginRecord(Folded);
                foreach (ref readonly var user in reader.Read(streamRecord.Data))
                {
                    fold.Add(streamRecord with { Occurrence = numbering.Next(streamRecord, user) }, user);
                }
            }
            catch (Exception exception)
            {
                Failure = exception;
                throw;
            }

            Folded++;
            return Done;
        }
    }
}
