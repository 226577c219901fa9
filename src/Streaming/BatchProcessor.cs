using Amazon.Lambda.Core;
using Amazon.Lambda.KinesisEvents;
using Analytics.Events;

namespace Analytics.Streaming;

/// <summary>What a function makes of a batch, before anything is written. Pure: no I/O and no clock.</summary>
public interface IBatchFold
{
    /// <summary>
    /// Adds one user record. An exception stops the fold at its Kinesis record: the records before it are folded afresh and committed,
    /// and that record is reported to Lambda.
    /// </summary>
    void Add(in StreamRecord record, in UserRecord user);
}

/// <summary>The facts of a batch that hold for all of its records.</summary>
/// <param name="StreamArn">The stream's ARN.</param>
/// <param name="ShardId">The shard that all records come from.</param>
/// <param name="ProcessedAt">When the batch was taken up, UTC.</param>
public readonly record struct BatchInfo(string StreamArn, string ShardId, DateTimeOffset ProcessedAt);

/// <summary>What became of a commit: everything is written, or the lowest sequence number that something unwritten touches.</summary>
public readonly record struct CommitResult
{
    /// <summary>Everything is written.</summary>
    public static CommitResult Complete => default;

    /// <summary>Something that the record with this sequence number touches, and no earlier one, is not written.</summary>
    public static CommitResult FailedFrom(SequenceNumber lowest, Exception? cause = null) => new() { Lowest = lowest, Cause = cause };

    /// <summary>The lowest sequence number to be delivered again, or null when all is written.</summary>
    public SequenceNumber? Lowest { get; private init; }

    /// <summary>Why, for the log.</summary>
    public Exception? Cause { get; private init; }
}

/// <summary>
/// A batch's way through a function: read, fold, commit, answer. Malformed records are the fold's to set aside; trouble goes back to
/// Lambda as a partial batch response with the lowest sequence number that has to come again.
/// </summary>
public sealed class BatchProcessor(EventReader reader, TimeProvider clock)
{
    /// <summary>Runs one batch.</summary>
    /// <param name="kinesisEvent">The batch; its records come from one shard, in order.</param>
    /// <param name="context">The invocation; its remaining time bounds the commit.</param>
    /// <param name="begin">Makes an empty fold. Called again when a record stops the fold, for the prefix before it.</param>
    /// <param name="commit">Writes what a fold holds; each write idempotent. The token fires shortly before the function's deadline.</param>
    /// <returns>The partial batch response: empty when all is written.</returns>
    public Task<StreamsEventResponse> ProcessAsync<TFold>(
        KinesisEvent kinesisEvent,
        ILambdaContext context,
        Func<BatchInfo, TFold> begin,
        Func<TFold, CancellationToken, Task<CommitResult>> commit)
        where TFold : class, IBatchFold => throw new NotImplementedException(reader.ToString() + clock);
}
