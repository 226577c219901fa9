using Amazon.Kinesis;
using Amazon.Lambda.Core;
using Amazon.Lambda.KinesisEvents;
using Analytics.Events;
using AWS.Lambda.Powertools.BatchProcessing;
using AWS.Lambda.Powertools.BatchProcessing.Kinesis;

namespace Analytics.Streaming;

/// <summary>
/// A batch's way through a function: read, fold, commit, answer. Malformed records are the fold's to set aside; trouble goes back to
/// Lambda as a partial batch response with the lowest sequence number that has to come again.
/// </summary>
/// <param name="reader">Reads the records' bytes.</param>
/// <param name="clock">Tells when a batch is taken up, and the commit's deadline.</param>
/// <param name="lookup">Looks up aggregates that two batches of a consumer divide; null for none.</param>
public sealed class BatchProcessor(EventReader reader, TimeProvider clock, IRecordLookup? lookup = null)
{
    private readonly AggregateContinuity _continuity = new(reader, lookup);

    /// <summary>How long before the function's deadline the commit's token fires: time enough to answer, so that Lambda does not end the process.</summary>
    public static readonly TimeSpan AnswerMargin = TimeSpan.FromSeconds(1);

    private static readonly ProcessingOptions StopAtFirstFailure = new()
    {
        ErrorHandlingPolicy = BatchProcessorErrorHandlingPolicy.StopOnFirstBatchItemFailure,
        ThrowOnFullBatchFailure = false,
    };

    /// <summary>The log that failures are written to.</summary>
    internal ILogWriter LogWriter { get; init; } = new PowertoolsLogWriter();

    /// <summary>Creates the processor of a function: with the limits as shipped, and look-ups in the stream that it reads.</summary>
    public static BatchProcessor Create() => new(
        new EventReader(EventLimits.Default),
        TimeProvider.System,
        new StreamLookup(() => new AmazonKinesisClient(AwsClients.Configure(new AmazonKinesisConfig())), TimeProvider.System, new PowertoolsLogWriter()));

    /// <summary>Runs one batch. One at a time, as in a function.</summary>
    /// <param name="kinesisEvent">The batch; its records come from one shard, in order.</param>
    /// <param name="context">The invocation; its remaining time bounds the commit.</param>
    /// <param name="begin">Makes an empty fold. Called again when a record stops the fold, for the prefix before it.</param>
    /// <param name="commit">Writes what a fold holds; each write idempotent. The token fires shortly before the function's deadline.</param>
    /// <returns>The partial batch response: empty when all is written.</returns>
    /// <remarks>A fold that is <see cref="IDisposable"/> is disposed of when it is discarded and after its commit.</remarks>
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
        if (batch.FirstUnusable is { } reason)
        {
            log.Unusable(batch.IdentifierAt(batch.Usable), reason);
        }

        try
        {
            return await ProcessAsync(batch, context, begin, commit, log).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever went wrong, the batch has to come again: Lambda is told so by its first record.
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

    /// <returns>The numbering of what was committed, and the index of the record from which Lambda is to redeliver.</returns>
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
        for (var count = batch.Usable; count > 0;)
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
        var remaining = context.RemainingTime;
        var margin = remaining < 2 * AnswerMargin ? remaining / 2 : AnswerMargin;
        var time = remaining - margin;
        using var deadline = new CancellationTokenSource(time > TimeSpan.Zero ? time : TimeSpan.Zero, clock);
        var result = await commit(fold, deadline.Token).ConfigureAwait(false);
        if (result.Lowest is { } lowest)
        {
            log.CommitIncomplete(lowest, result.Cause);
        }

        return result.Lowest;
    }

    private static StreamsEventResponse Success() => new() { BatchItemFailures = [] };

    /// <summary>
    /// Names the record at an index. Records that share its sequence number are named with it: Lambda redelivers from the first of them on, and
    /// those that are written already are written again under the same identity.
    /// </summary>
    private static StreamsEventResponse Report(Batch batch, int index) => new()
    {
        BatchItemFailures = [new StreamsEventResponse.BatchItemFailure { ItemIdentifier = batch.IdentifierAt(index) }],
    };

    /// <summary>
    /// A new processor for each batch: the shared instance would share its result between calls. The result itself is not used: it is complete
    /// before the commit, and names records by their sequence number, which user records of an aggregate share under enhanced fan-out.
    /// </summary>
    private sealed class StoppingProcessor : KinesisEventBatchProcessor;

    /// <summary>Folds record after record, and remembers how far it came and what stopped it.</summary>
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
