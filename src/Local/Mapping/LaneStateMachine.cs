using System.Diagnostics;

namespace Analytics.Local.Mapping;

/// <summary>
/// The state machine of a lane of a shard: batches, retries, splits, windows. No I/O and no clock: its inputs are records,
/// responses and the time, its outputs invocations and failure records. One action at a time: after
/// <see cref="LaneAction.Invoke"/> call <see cref="Complete"/>, after <see cref="LaneAction.Send"/> call <see cref="Sent"/>.
/// </summary>
internal sealed class LaneStateMachine(
    EventSourceMappingConfiguration configuration, string shardId, KinesisEventWriter events, Func<Guid> newId)
{
    private const string ExecutedVersion = "$LATEST";

    private readonly Queue<PolledRecord> _queue = new();
    private readonly Stack<LaneBatch> _pending = new();
    private readonly bool _isWindowed = configuration.TumblingWindow > TimeSpan.Zero;
    private long _queuedEventBytes;
    private DateTimeOffset _lastQueuedArrival;
    private DateTimeOffset _readThrough = DateTimeOffset.MinValue;
    private long _releasedBefore;
    private bool _ended;
    private Window? _window;
    private LaneBatch? _invoked;
    private LaneAction.Send? _sending;

    /// <summary>The lane's statistics.</summary>
    public EventSourceMappingStatistics Statistics { get; private set; } = new();

    /// <summary>The number of queued records that are not in a batch yet.</summary>
    public int QueuedCount => _queue.Count;

    /// <summary>The number of records in the current invocation.</summary>
    public int InvokedCount => _invoked?.Records.Length ?? 0;

    /// <summary>The number of records in batches that wait for their turn or a retry.</summary>
    public int PendingCount => _pending.Sum(batch => batch.Records.Length) - InvokedCount;

    /// <summary>The number of failed attempts of the current batch.</summary>
    public int FailedAttempts => _pending.TryPeek(out var batch) ? batch.Attempts : 0;

    /// <summary>The size of the queued records in events, in bytes.</summary>
    public long QueuedBytes => _queuedEventBytes;

    /// <summary>Whether no records are queued, pending or being sent, and no window is open.</summary>
    public bool IsIdle => FirstUnsettled is null && _window is null;

    /// <summary>The first unsettled record, or null if all are settled.</summary>
    public PolledRecord? FirstUnsettled
    {
        get
        {
            if (_sending is { } sending && !sending.Invocation.Records.IsEmpty)
            {
                return sending.Invocation.Records.Span[0];
            }

            foreach (var batch in _pending)
            {
                if (!batch.IsFinal)
                {
                    return batch.Records.Span[0];
                }
            }

            return _queue.TryPeek(out var queued) ? queued : null;
        }
    }

    /// <summary>The ordinal of the first record of the open window, or null.</summary>
    public long? FirstInWindow => _window?.FirstOrdinal;

    /// <summary>The open window, which is stored with the checkpoint, or null if there is none or its first record is not settled.</summary>
    public WindowCheckpoint? WindowCheckpoint => _window is { HasSettled: true } window
        ? new WindowCheckpoint(window.Start, window.State, window.IsOverLimit)
        : null;

    /// <summary>Reopens the window of the checkpoint.</summary>
    public void Resume(WindowCheckpoint window)
    {
        if (_isWindowed)
        {
            _window = new Window(window.Start, window.Start + configuration.TumblingWindow, FirstOrdinal: -1)
            {
                State = window.State,
                HasSettled = true,
                IsOverLimit = window.IsOverLimit,
            };
        }
    }

    /// <summary>Offers a record that was read.</summary>
    public void Offer(in PolledRecord record)
    {
        _queue.Enqueue(record);
        _queuedEventBytes += record.EventBytes + 1;
        _lastQueuedArrival = record.Record.ArrivalTime;
    }

    /// <summary>Signals that every record that arrived before <paramref name="time"/> has been offered.</summary>
    public void ReadThrough(DateTimeOffset time) => _readThrough = time;

    /// <summary>Ends the batching window of the records before an ordinal.</summary>
    public void EndBatchingWindow(long ordinal) => _releasedBefore = ordinal;

    /// <summary>Signals that the shard has been read to its end.</summary>
    public void End() => _ended = true;

    /// <summary>Returns the next action.</summary>
    public LaneAction Next(DateTimeOffset now)
    {
        Debug.Assert(_invoked is null && _sending is null, "One action at a time.");
        while (true)
        {
            if (_window is { IsOverLimit: true } && !(_pending.TryPeek(out var top) && top.IsFinal))
            {
                _pending.Push(CreateBatch(default));
            }

            if (_pending.TryPeek(out var batch))
            {
                if (Advance(batch, now) is { } action)
                {
                    return action;
                }
            }
            else if (_window is not null && WindowIsOver)
            {
                _pending.Push(CreateBatch(default));
            }
            else if (Gather(now) is { } wait)
            {
                return wait;
            }
        }
    }

    /// <summary>Signals that the invocation requested by <see cref="Next"/> has ended.</summary>
    public void Complete(InvocationOutcome outcome, DateTimeOffset now)
    {
        var batch = _invoked ?? throw new InvalidOperationException("No invocation is running.");
        _invoked = null;
        if (outcome.Status == InvocationStatus.Throttled)
        {
            Statistics = Statistics with { Throttles = Statistics.Throttles + 1 };
            batch.Throttles++;
            batch.NotBefore = now + RetryBackoff.After(batch.Throttles);
            return;
        }

        batch.Throttles = 0;
        Statistics = Statistics with
        {
            Invocations = Statistics.Invocations + 1,
            InvokedEventCount = Statistics.InvokedEventCount + batch.Records.Length,
            IteratorAge = batch.IsFinal ? Statistics.IteratorAge : batch.IteratorAge,
            MaximumIteratorAge = batch.IteratorAge > Statistics.MaximumIteratorAge ? batch.IteratorAge : Statistics.MaximumIteratorAge,
        };
        if (outcome.Status != InvocationStatus.Returned)
        {
            Statistics = Statistics with { Errors = Statistics.Errors + 1 };
            Fail(batch, new FailureResponseContext(200, ExecutedVersion, "Unhandled"), now);
            return;
        }

        var response = FunctionResponse.Read(outcome.Payload, batch.Records.Span, configuration.ReportBatchItemFailures, _isWindowed);
        if (response.Succeeded)
        {
            _pending.Pop();
            Settle(batch, batch.Records.Length, response.State);
        }
        else if (response.FailedFrom > 0)
        {
            _pending.Pop();
            var rest = batch.Records[response.FailedFrom..];
            Statistics = Statistics with { FailedInvokeEventCount = Statistics.FailedInvokeEventCount + rest.Length };
            _pending.Push(CreateBatch(rest));
            Settle(batch, response.FailedFrom, response.State);
        }
        else
        {
            Fail(batch, new FailureResponseContext(200, ExecutedVersion, FunctionError: null), now);
        }
    }

    /// <summary>Settles the failure record requested by <see cref="Next"/>: the shard continues regardless of its delivery.</summary>
    public void Sent(FailureDelivery delivery)
    {
        var sent = _sending ?? throw new InvalidOperationException("No failure record is being sent.");
        _sending = null;
        var count = sent.Invocation.Records.Length;
        Statistics = delivery == FailureDelivery.Delivered
            ? Statistics with { OnFailureDestinationDeliveredEventCount = Statistics.OnFailureDestinationDeliveredEventCount + count }
            : Statistics with
            {
                DroppedEventCount = Statistics.DroppedEventCount + count,
                DestinationDeliveryFailures = Statistics.DestinationDeliveryFailures + (delivery == FailureDelivery.Refused ? 1 : 0),
            };
        if (sent.Invocation.Window is { IsFinal: true })
        {
            _window = null;
        }
        else if (_window is not null)
        {
            _window.HasSettled = true;
        }
    }

    /// <summary>Returns the next action for the batch on top, or null to evaluate again.</summary>
    private LaneAction? Advance(LaneBatch batch, DateTimeOffset now)
    {
        if (batch.IsExhausted)
        {
            _pending.Pop();
            return GiveUp(batch, batch.Records, FailureRecord.RetryAttemptsExhausted, batch.Attempts, now);
        }

        if (CountExpired(batch.Records.Span, now) is > 0 and var expired)
        {
            _pending.Pop();
            if (expired < batch.Records.Length)
            {
                _pending.Push(CreateBatch(batch.Records[expired..]));
            }

            return GiveUp(batch, batch.Records[..expired], FailureRecord.RecordAgeExceeded, Math.Max(1, batch.Attempts), now);
        }

        if (now < batch.NotBefore)
        {
            return new LaneAction.Wait(batch.NotBefore);
        }

        if (_isWindowed && _window is null)
        {
            OpenWindow(batch.Records.Span[0]);
        }

        var invocation = new LaneInvocation(batch.RequestId, batch.Attempts + 1, batch.Records, CreateWindow(batch));
        if (!batch.IsFinal)
        {
            var fitting = events.CountFitting(invocation, EventSourceMappingConfiguration.MaxPayloadBytes);
            if (fitting == 0)
            {
                Fail(batch, response: null, now);
                return null;
            }

            if (fitting < batch.Records.Length)
            {
                _pending.Pop();
                _pending.Push(CreateBatch(batch.Records[fitting..]));
                _pending.Push(CreateBatch(batch.Records[..fitting]));
                return null;
            }

            batch.IteratorAge = now - batch.Records.Span[^1].Record.ArrivalTime;
        }

        _invoked = batch;
        return new LaneAction.Invoke(invocation);
    }

    /// <summary>Forms the next batch from the queue if one is due; otherwise returns the wait.</summary>
    private LaneAction? Gather(DateTimeOffset now)
    {
        if (!_queue.TryPeek(out var first))
        {
            return _ended ? LaneAction.Done.Instance : new LaneAction.Wait(Until: null);
        }

        var windowEnd = _isWindowed ? _window?.End ?? WindowStart(first.Record.ArrivalTime) + configuration.TumblingWindow : DateTimeOffset.MaxValue;
        var budget = EventSourceMappingConfiguration.MaxPayloadBytes - events.EnvelopeBytes(_isWindowed, _window?.State.Length ?? 0);
        var isFull = _queue.Count >= configuration.BatchSize || _queuedEventBytes - 1 > budget || _lastQueuedArrival >= windowEnd;
        if (!isFull && !_ended && first.Ordinal >= _releasedBefore && _readThrough < windowEnd)
        {
            var due = first.PolledAt + configuration.MaximumBatchingWindow;
            if (now < due)
            {
                return new LaneAction.Wait(due);
            }
        }

        var count = 0;
        long bytes = 0;
        foreach (var record in _queue)
        {
            bytes += record.EventBytes + 1;
            if (count == configuration.BatchSize || (count > 0 && (bytes - 1 > budget || record.Record.ArrivalTime >= windowEnd)))
            {
                break;
            }

            count++;
        }

        var records = new PolledRecord[count];
        for (var i = 0; i < count; i++)
        {
            records[i] = _queue.Dequeue();
            _queuedEventBytes -= records[i].EventBytes + 1;
        }

        _pending.Push(CreateBatch(records));
        return null;
    }

    /// <summary>Handles a failed batch: bisects it, schedules a retry, or marks its retries as exhausted.</summary>
    private void Fail(LaneBatch batch, FailureResponseContext? response, DateTimeOffset now)
    {
        batch.Attempts++;
        batch.LastResponse = response;
        if (response is not null)
        {
            Statistics = Statistics with { FailedInvokeEventCount = Statistics.FailedInvokeEventCount + batch.Records.Length };
        }

        if (configuration.BisectBatchOnFunctionError && batch.Records.Length > 1)
        {
            var half = batch.Records.Length / 2;
            _pending.Pop();
            _pending.Push(CreateBatch(batch.Records[half..]));
            _pending.Push(CreateBatch(batch.Records[..half]));
        }
        else if (configuration.MaximumRetryAttempts >= 0 && batch.Attempts > configuration.MaximumRetryAttempts)
        {
            batch.IsExhausted = true;
        }
        else
        {
            batch.NotBefore = now + RetryBackoff.After(batch.Attempts);
        }
    }

    private void Settle(LaneBatch batch, int count, ReadOnlyMemory<byte> state)
    {
        Statistics = Statistics with { Records = Statistics.Records + count };
        if (_window is not { } window)
        {
            return;
        }

        if (batch.IsFinal)
        {
            _window = null;
            Statistics = Statistics with { WindowsClosed = Statistics.WindowsClosed + 1 };
            return;
        }

        window.HasSettled = true;
        window.State = state.ToArray();
        window.IsOverLimit = state.Length > EventSourceMappingConfiguration.MaxStateBytes;
    }

    private LaneAction.Send GiveUp(LaneBatch batch, ReadOnlyMemory<PolledRecord> records, string condition, int count, DateTimeOffset now)
    {
        var window = CreateWindow(batch);
        _sending = new LaneAction.Send(
            new FailureRecord
            {
                RequestId = batch.RequestId,
                FunctionArn = configuration.FunctionArn,
                Condition = condition,
                ApproximateInvokeCount = count,
                ResponseContext = batch.LastResponse,
                Timestamp = now,
                KinesisBatchInfo = new KinesisBatchInfo
                {
                    ShardId = shardId,
                    Range = GetRange(records.Span),
                    StreamArn = configuration.EventSourceArn,
                },
                TimeWindowInfo = batch.IsFinal ? new TimeWindowInfo(window!.Start, window.End, window.IsTerminatedEarly) : null,
            },
            new LaneInvocation(batch.RequestId, count, records, window));
        return _sending;
    }

    private static BatchRange? GetRange(ReadOnlySpan<PolledRecord> records) => records.IsEmpty ? null : new BatchRange(
        records[0].Record.SequenceNumber, records[^1].Record.SequenceNumber, records[0].Record.ArrivalTime, records[^1].Record.ArrivalTime, records.Length);

    /// <summary>Returns the number of records at the head of a batch that exceed the maximum age.</summary>
    private int CountExpired(ReadOnlySpan<PolledRecord> records, DateTimeOffset now)
    {
        if (configuration.MaximumRecordAge is not { } age)
        {
            return 0;
        }

        var count = 0;
        while (count < records.Length && now - records[count].Record.ArrivalTime > age)
        {
            count++;
        }

        return count;
    }

    private bool WindowIsOver => _queue.TryPeek(out var first)
        ? first.Record.ArrivalTime >= _window!.End
        : _ended || _readThrough >= _window!.End;

    private void OpenWindow(in PolledRecord first)
    {
        var start = WindowStart(first.Record.ArrivalTime);
        _window = new Window(start, start + configuration.TumblingWindow, first.Ordinal);
    }

    private DateTimeOffset WindowStart(DateTimeOffset arrival)
    {
        var length = configuration.TumblingWindow.Ticks;
        var sinceEpoch = arrival.UtcTicks - DateTimeOffset.UnixEpoch.Ticks;
        return DateTimeOffset.UnixEpoch.AddTicks(Math.DivRem(sinceEpoch, length).Quotient * length);
    }

    private InvocationWindow? CreateWindow(LaneBatch batch) => _window is { } window
        ? new InvocationWindow(window.Start, window.End, window.State, batch.IsFinal, batch.IsFinal && window.IsOverLimit)
        : null;

    private LaneBatch CreateBatch(ReadOnlyMemory<PolledRecord> records) => new(records, newId().ToString());

    /// <summary>A batch and its state. Without records it is the final invocation of a window.</summary>
    private sealed class LaneBatch(ReadOnlyMemory<PolledRecord> records, string requestId)
    {
        public ReadOnlyMemory<PolledRecord> Records => records;
        public string RequestId => requestId;
        public bool IsFinal => records.IsEmpty;
        public int Attempts { get; set; }
        public int Throttles { get; set; }
        public bool IsExhausted { get; set; }
        public DateTimeOffset NotBefore { get; set; } = DateTimeOffset.MinValue;
        public TimeSpan IteratorAge { get; set; }
        public FailureResponseContext? LastResponse { get; set; }
    }

    private sealed record Window(DateTimeOffset Start, DateTimeOffset End, long FirstOrdinal)
    {
        public ReadOnlyMemory<byte> State { get; set; } = "{}"u8.ToArray();
        public bool HasSettled { get; set; }
        public bool IsOverLimit { get; set; }
    }
}
