using System.Diagnostics.CodeAnalysis;
using System.Text;
using Analytics.Cli.Shared.Commands;

namespace Analytics.Cli.Shared.Sending;

/// <summary>The result of putting one record.</summary>
/// <param name="ShardId">The shard, or null if the record was rejected.</param>
/// <param name="SequenceNumber">The sequence number, or null if the record was rejected.</param>
/// <param name="Error">The reason for rejection, or null.</param>
internal readonly record struct PutOutcome(string? ShardId, string? SequenceNumber, string? Error)
{
    [MemberNotNullWhen(true, nameof(ShardId), nameof(SequenceNumber))]
    public bool IsAccepted => SequenceNumber is not null && ShardId is not null;
}

/// <summary>A stream to put records on.</summary>
internal interface IRecordSink
{
    /// <summary>Puts records with one request; the results have the same order.</summary>
    /// <exception cref="RecordTooLargeException">The request has a single record, which is too large for the stream.</exception>
    Task<IReadOnlyList<PutOutcome>> PutAsync(IReadOnlyList<OutgoingRecord> records, CancellationToken cancellationToken);
}

/// <summary>The exception thrown for a record that is too large for the stream.</summary>
internal sealed class RecordTooLargeException(Exception innerException) : Exception(innerException.Message, innerException);

/// <summary>The result of <see cref="RecordSender.SendAsync"/>.</summary>
/// <param name="Records">Kinesis records that the stream accepted.</param>
/// <param name="UserRecords">User records in them.</param>
/// <param name="TooLarge">Kinesis records that exceed the size limit.</param>
/// <param name="Retried">Number of retried puts.</param>
internal readonly record struct SendResult(long Records, long UserRecords, long TooLarge, long Retried);

/// <summary>Sends records in large requests, retries rejected ones, and limits the rate.</summary>
/// <param name="sink">The stream.</param>
/// <param name="clock">The clock for the rate and for delays before retries.</param>
internal sealed class RecordSender(IRecordSink sink, TimeProvider clock)
{
    /// <summary>Limits of PutRecords (https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html).</summary>
    public const int MaxRecords = 500;

    /// <summary>Maximum bytes of data and partition keys per request.</summary>
    public const int MaxRequestBytes = 5 * 1024 * 1024;

    /// <summary>Maximum number of consecutive attempts in which all remaining records are rejected.</summary>
    public const int MaxAttemptsWithoutProgress = 12;

    private const int SlicesPerSecond = 10;
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan MaxDelay = TimeSpan.FromSeconds(5);

    private readonly List<OutgoingRecord> _batch = new(MaxRecords);
    private readonly SeededRandom _jitter = new((ulong)clock.GetTimestamp());
    private int _batchBytes;
    private SendResult _result;

    /// <summary>Called for each record that the stream accepted.</summary>
    public Action<OutgoingRecord, PutOutcome>? Accepted { get; init; }

    /// <summary>Called after each request with the number of accepted user records.</summary>
    public Action<long>? Progress { get; init; }

    /// <summary>Sends records in order.</summary>
    /// <param name="records">The records.</param>
    /// <param name="rate">User records per second, or null for no limit.</param>
    /// <param name="cancellationToken">Cancels the operation between two requests.</param>
    /// <exception cref="UserException">The stream keeps rejecting records.</exception>
    public async Task<SendResult> SendAsync(IEnumerable<OutgoingRecord> records, int? rate, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        var queued = 0L;
        foreach (var record in records)
        {
            if (rate is { } perSecond)
            {
                // The records of a tenth of a second are sent together. One by one, each would be a request.
                var due = TimeSpan.FromSeconds((double)(queued * SlicesPerSecond / perSecond) / SlicesPerSecond);
                var wait = due - clock.GetElapsedTime(started);
                if (wait > TimeSpan.Zero)
                {
                    await FlushAsync(cancellationToken);
                    await Task.Delay(wait, clock, cancellationToken);
                }
            }

            var size = record.Data.Length + Encoding.UTF8.GetByteCount(record.PartitionKey);
            // Only the stream knows whether key and data together may exceed the record limit, so such a record is sent alone.
            var isBorderline = size > OutgoingRecord.MaxDataBytes;
            if (isBorderline || _batch.Count == MaxRecords || _batchBytes + size > MaxRequestBytes)
            {
                await FlushAsync(cancellationToken);
            }

            _batch.Add(record);
            _batchBytes += size;
            queued += record.UserRecords;
            if (isBorderline)
            {
                await FlushAsync(cancellationToken);
            }
        }

        await FlushAsync(cancellationToken);
        return _result;
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        var withoutProgress = 0;
        while (_batch.Count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var before = _batch.Count;
            var error = await PutBatchAsync(cancellationToken);
            Progress?.Invoke(_result.UserRecords);
            if (error is null)
            {
                break;
            }

            withoutProgress = _batch.Count < before ? 0 : withoutProgress + 1;
            if (withoutProgress == MaxAttemptsWithoutProgress)
            {
                throw new UserException($"the stream keeps rejecting records ({error}); {_result.UserRecords} events were sent. Add shards, or use a lower --rate.");
            }

            var delay = FirstDelay * Math.Pow(2, withoutProgress);
            await Task.Delay((delay < MaxDelay ? delay : MaxDelay) * (0.5 + (_jitter.NextDouble() / 2)), clock, cancellationToken);
        }

        _batch.Clear();
        _batchBytes = 0;
    }

    /// <summary>Puts the batch and keeps the rejected records in it. Returns the reason, or null if none is left.</summary>
    private async Task<string?> PutBatchAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<PutOutcome> outcomes;
        try
        {
            outcomes = await sink.PutAsync(_batch, cancellationToken);
        }
        catch (RecordTooLargeException)
        {
            _result = _result with { TooLarge = _result.TooLarge + 1 };
            return null;
        }

        string? error = null;
        var kept = 0;
        for (var i = 0; i < _batch.Count; i++)
        {
            var record = _batch[i];
            if (outcomes[i].IsAccepted)
            {
                _result = _result with { Records = _result.Records + 1, UserRecords = _result.UserRecords + record.UserRecords };
                Accepted?.Invoke(record, outcomes[i]);
            }
            else
            {
                error = outcomes[i].Error ?? "no reason given";
                _batch[kept++] = record;
            }
        }

        _batch.RemoveRange(kept, _batch.Count - kept);
        _result = _result with { Retried = _result.Retried + kept };
        return error;
    }
}
