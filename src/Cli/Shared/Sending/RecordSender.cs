using System.Diagnostics.CodeAnalysis;
using System.Text;
using Analytics.Cli.Shared.Commands;

namespace Analytics.Cli.Shared.Sending;

/// <summary>What the stream said to one record of a request.</summary>
/// <param name="ShardId">The shard that took it, or null when it was refused.</param>
/// <param name="SequenceNumber">Its place there, or null when it was refused.</param>
/// <param name="Error">Why it was refused, or null.</param>
internal readonly record struct PutOutcome(string? ShardId, string? SequenceNumber, string? Error)
{
    [MemberNotNullWhen(true, nameof(ShardId), nameof(SequenceNumber))]
    public bool IsAccepted => SequenceNumber is not null && ShardId is not null;
}

/// <summary>Where records are put: a stream.</summary>
internal interface IRecordSink
{
    /// <summary>Puts records with one request; the answers are in their order.</summary>
    /// <exception cref="RecordTooLargeException">The request holds one record only, and the stream does not take it for its size.</exception>
    Task<IReadOnlyList<PutOutcome>> PutAsync(IReadOnlyList<OutgoingRecord> records, CancellationToken cancellationToken);
}

/// <summary>A stream does not take a record for its size.</summary>
internal sealed class RecordTooLargeException(Exception innerException) : Exception(innerException.Message, innerException);

/// <summary>What became of the records of one <see cref="RecordSender.SendAsync"/>.</summary>
/// <param name="Records">Kinesis records that the stream took.</param>
/// <param name="UserRecords">User records in them.</param>
/// <param name="TooLarge">Kinesis records that no request could carry.</param>
/// <param name="Retried">How often a record had to be put again.</param>
internal readonly record struct SendResult(long Records, long UserRecords, long TooLarge, long Retried);

/// <summary>Sends records in large requests, puts those that were refused again, and keeps to a rate.</summary>
/// <param name="sink">The stream.</param>
/// <param name="clock">For the rate and for waiting before a record is put again.</param>
internal sealed class RecordSender(IRecordSink sink, TimeProvider clock)
{
    /// <summary>Limits of PutRecords (https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html).</summary>
    public const int MaxRecords = 500;

    /// <summary>The most bytes of data and partition keys in a request.</summary>
    public const int MaxRequestBytes = 5 * 1024 * 1024;

    /// <summary>How often the stream may refuse all that is left before the sender gives up.</summary>
    public const int MaxAttemptsWithoutProgress = 12;

    private const int SlicesPerSecond = 10;
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(5);

    private readonly List<OutgoingRecord> _batch = new(MaxRecords);
    private readonly SeededRandom _jitter = new((ulong)clock.GetTimestamp());
    private int _batchBytes;
    private SendResult _result;

    /// <summary>Told of each record that the stream took.</summary>
    public Action<OutgoingRecord, PutOutcome>? Accepted { get; init; }

    /// <summary>Told after each request how many user records the stream has taken.</summary>
    public Action<long>? Progress { get; init; }

    /// <summary>Sends records in order.</summary>
    /// <param name="records">The records.</param>
    /// <param name="rate">User records a second, or null for as fast as the stream takes them.</param>
    /// <param name="cancellationToken">Stops between two requests.</param>
    /// <exception cref="UserException">The stream keeps refusing.</exception>
    public async Task<SendResult> SendAsync(IEnumerable<OutgoingRecord> records, int? rate, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        var queued = 0L;
        foreach (var record in records)
        {
            if (rate is { } perSecond)
            {
                // A tenth of a second's records go out together: one by one would be a request each.
                var due = TimeSpan.FromSeconds((double)(queued * SlicesPerSecond / perSecond) / SlicesPerSecond);
                var wait = due - clock.GetElapsedTime(started);
                if (wait > TimeSpan.Zero)
                {
                    await FlushAsync(cancellationToken);
                    await Task.Delay(wait, clock, cancellationToken);
                }
            }

            var size = record.Data.Length + Encoding.UTF8.GetByteCount(record.PartitionKey);
            // Whether key and data together may pass the limit of a record is the stream's to say: such a record goes alone.
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
                throw new UserException($"the stream keeps refusing records ({error}); {_result.UserRecords} events were sent. Add shards, or send with a lower --rate.");
            }

            var delay = FirstDelay * Math.Pow(2, withoutProgress);
            await Task.Delay((delay < LongestDelay ? delay : LongestDelay) * (0.5 + (_jitter.NextDouble() / 2)), clock, cancellationToken);
        }

        _batch.Clear();
        _batchBytes = 0;
    }

    /// <summary>Puts the batch and leaves in it what was refused; says why, or null when nothing is left.</summary>
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
