namespace Analytics.Local.Mapping;

/// <summary>The I/O around a <see cref="ShardStateMachine"/>: reads a shard, invokes the function, sends failure records, saves checkpoints.</summary>
internal sealed class ShardProcessor
{
    /// <summary>The initial and maximum delay between reads of an idle shard.</summary>
    private static readonly TimeSpan MinRest = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan MaxRest = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// The time that an iterator is kept before the first record. The iterator after an empty read points to a position after the read, and
    /// kinesalite makes a record visible slightly later than its arrival time, so a record in flight would be skipped.
    /// </summary>
    private static readonly TimeSpan FirstRecordGrace = TimeSpan.FromSeconds(1);

    /// <summary>The maximum clock difference: a record that arrived that long after a time proves that all earlier ones were read.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(1);

    private readonly MappingEdges _edges;
    private readonly ShardStart _start;
    private readonly ShardStateMachine _machine;
    private readonly KinesisEventWriter _events;
    private readonly Lock _gate = new();
    private readonly AsyncSignal[] _laneSignals;
    private readonly AsyncSignal _roomSignal;
    private readonly AsyncSignal _checkpointSignal;
    private readonly List<Drain> _drains = [];
    private ShardCheckpoint? _saved;
    private bool _readToEnd;

    public ShardProcessor(MappingEdges edges, ShardStart start)
    {
        _edges = edges;
        _start = start;
        _saved = start.Checkpoint;
        _events = new KinesisEventWriter(edges.Configuration, start.ShardId);
        _machine = new ShardStateMachine(
            edges.Configuration, start.ShardId, start.Checkpoint, _events, record => edges.Filter.Matches(start.ShardId, record), edges.NewId);
        _laneSignals = [.. Enumerable.Range(0, _machine.LaneCount).Select(_ => new AsyncSignal(edges.Clock))];
        _roomSignal = new AsyncSignal(edges.Clock);
        _checkpointSignal = new AsyncSignal(edges.Clock);
    }

    public string ShardId => _start.ShardId;

    public EventSourceMappingStatistics Statistics
    {
        get
        {
            lock (_gate)
            {
                return _machine.Statistics;
            }
        }
    }

    /// <summary>The progress of the shard.</summary>
    public ShardProgress Progress
    {
        get
        {
            lock (_gate)
            {
                return _machine.Progress;
            }
        }
    }

    /// <summary>Gets the iterator from which <see cref="RunAsync"/> reads.</summary>
    /// <param name="isAtStart">Whether the mapping is starting, so that reading starts after LATEST.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public Task<string> PlaceIteratorAsync(bool isAtStart, CancellationToken cancellationToken) =>
        _start.Position.SequenceNumber is null && !(isAtStart && _start.Position.IsLatest)
            ? PlaceAtFirstWantedAsync(cancellationToken)
            : _edges.Stream.GetIteratorAsync(ShardId, _start.Position, cancellationToken);

    /// <summary>Reads and processes the shard until its end. The checkpoint is always saved.</summary>
    public async Task RunAsync(string iterator, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        List<Task> tasks = [Task.Run(() => ReadAsync(iterator, stop.Token), stop.Token), Task.Run(() => SaveCheckpointsAsync(stop.Token), stop.Token)];
        for (var lane = 0; lane < _machine.LaneCount; lane++)
        {
            var number = lane;
            tasks.Add(Task.Run(() => RunLaneAsync(number, stop.Token), stop.Token));
        }

        await foreach (var task in Task.WhenEach(tasks))
        {
            if (!task.IsCompletedSuccessfully)
            {
                await stop.CancelAsync();
            }
        }

        await SaveCheckpointAsync(CancellationToken.None);
        await Task.WhenAll(tasks);
    }

    /// <summary>Completes when all records that were on the shard at a given time are read and settled. They do not wait for the end of their batching windows.</summary>
    /// <param name="timestamp">The time as a timestamp of the clock.</param>
    /// <param name="time">The same time in UTC.</param>
    public Task WhenDrainedAsync(long timestamp, DateTimeOffset time)
    {
        var drain = new Drain(timestamp, time);
        lock (_gate)
        {
            if (_readToEnd)
            {
                drain.Ordinal = _machine.Offered;
            }

            _drains.Add(drain);
            CompleteDrains();
        }

        return drain.Completion.Task;
    }

    private async Task ReadAsync(string first, CancellationToken cancellationToken)
    {
        var iterator = first;
        var hasRecords = _start.Position.SequenceNumber is not null || _start.IsClosed;
        string? last = null;
        (string Iterator, long At)? next = null;
        var rest = MinRest;
        while (true)
        {
            await WaitForRoomAsync(cancellationToken);
            var timestamp = _edges.Clock.GetTimestamp();
            var time = _edges.Clock.GetUtcNow();
            var page = await _edges.Stream.GetRecordsAsync(iterator, cancellationToken);
            if (page is null)
            {
                iterator = await ReplaceIteratorAsync(last, cancellationToken);
                next = null;
                continue;
            }

            Take(_edges.Configuration.IsFromConsumer ? page with { Records = Aggregates.TakeApart(page.Records, _start.HashKeys) } : page, timestamp, time);
            if (page.NextIterator is null)
            {
                return;
            }

            if (page.Records.Count > 0)
            {
                hasRecords = true;
                last = page.Records[^1].SequenceNumber;
                rest = MinRest;
                iterator = page.NextIterator;
                continue;
            }

            if (hasRecords || page.IsBehind)
            {
                iterator = page.NextIterator;
            }
            else if (next is not { } kept)
            {
                next = (page.NextIterator, timestamp);
            }
            else if (_edges.Clock.GetElapsedTime(kept.At, timestamp) >= FirstRecordGrace)
            {
                iterator = kept.Iterator;
                next = (page.NextIterator, timestamp);
            }

            await Task.Delay(rest, _edges.Clock, cancellationToken);
            rest = rest * 2 < MaxRest ? rest * 2 : MaxRest;
        }
    }

    private void Take(ShardPage page, long timestamp, DateTimeOffset time)
    {
        lock (_gate)
        {
            var now = _edges.Clock.GetUtcNow();
            foreach (var record in page.Records)
            {
                _machine.Offer(record, now);
            }

            var isCaughtUp = page.Records.Count == 0 && !page.IsBehind;
            if (page.NextIterator is null)
            {
                _readToEnd = true;
                _machine.End();
            }
            else if (isCaughtUp)
            {
                _machine.ReadThrough(time);
            }

            foreach (var drain in _drains)
            {
                var isRead = _readToEnd
                    || (isCaughtUp && timestamp >= drain.Timestamp)
                    || (page.Records.Count > 0 && page.Records[^1].ArrivalTime > drain.Time + ClockTolerance);
                if (isRead && drain.Ordinal is null)
                {
                    drain.Ordinal = _machine.Offered;
                    _machine.EndBatchingWindows();
                }
            }

            CompleteDrains();
        }

        foreach (var signal in _laneSignals)
        {
            signal.Set();
        }

        _checkpointSignal.Set();
    }

    private async Task WaitForRoomAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            lock (_gate)
            {
                if (!_machine.IsFull)
                {
                    return;
                }
            }

            await _roomSignal.WaitAsync(longest: null, cancellationToken);
        }
    }

    /// <summary>Replaces an expired iterator by one after the last record read.</summary>
    private Task<string> ReplaceIteratorAsync(string? last, CancellationToken cancellationToken) =>
        last is not null ? _edges.Stream.GetIteratorAsync(ShardId, IteratorPosition.AfterSequenceNumber(last), cancellationToken)
        : _start.Position.SequenceNumber is not null ? _edges.Stream.GetIteratorAsync(ShardId, _start.Position, cancellationToken)
        : PlaceAtFirstWantedAsync(cancellationToken);

    private Task<string> PlaceAtFirstWantedAsync(CancellationToken cancellationToken)
    {
        if (_start.SkipBefore is { } time)
        {
            lock (_gate)
            {
                _machine.SkipBefore(time);
            }
        }

        return _edges.Stream.GetIteratorAsync(ShardId, IteratorPosition.TrimHorizon, cancellationToken);
    }

    private async Task RunLaneAsync(int lane, CancellationToken cancellationToken)
    {
        var environmentKey = $"{ShardId}/{lane}";
        while (true)
        {
            LaneAction action;
            DateTimeOffset now;
            lock (_gate)
            {
                now = _edges.Clock.GetUtcNow();
                action = _machine.Next(lane, now);
            }

            switch (action)
            {
                case LaneAction.Invoke(var invocation):
                    _roomSignal.Set();
                    var outcome = await InvokeAsync(invocation, environmentKey, cancellationToken);
                    lock (_gate)
                    {
                        _machine.Complete(lane, outcome, _edges.Clock.GetUtcNow());
                        CompleteDrains();
                    }

                    _checkpointSignal.Set();
                    break;
                case LaneAction.Send(var failure, var invocation):
                    var delivery = await SendAsync(failure, invocation, cancellationToken);
                    lock (_gate)
                    {
                        _machine.Sent(lane, delivery);
                        CompleteDrains();
                    }

                    _checkpointSignal.Set();
                    break;
                case LaneAction.Wait(var until):
                    await _laneSignals[lane].WaitAsync(until - now, cancellationToken);
                    break;
                default:
                    _checkpointSignal.Set();
                    return;
            }
        }
    }

    private async Task<InvocationOutcome> InvokeAsync(LaneInvocation invocation, string environmentKey, CancellationToken cancellationToken)
    {
        if (!invocation.Records.IsEmpty)
        {
            _edges.Aged?.Invoke(_edges.Clock.GetUtcNow() - invocation.Records.Span[^1].Record.ArrivalTime);
        }

        using var written = _events.Write(invocation);
        return await _edges.Invoker.InvokeAsync(
            _edges.Configuration.FunctionName, written.Payload, environmentKey, invocation.RequestId, cancellationToken);
    }

    private async Task<FailureDelivery> SendAsync(FailureRecord failure, LaneInvocation invocation, CancellationToken cancellationToken)
    {
        if (_edges.OnFailure is not { } destination)
        {
            return FailureDelivery.NoDestination;
        }

        using var written = destination.TakesPayload ? _events.Write(invocation) : default;
        for (var failures = 1; ; failures++)
        {
            try
            {
                await destination.SendAsync(failure, written.Payload, cancellationToken);
                return FailureDelivery.Delivered;
            }
            catch (Exception e) when (FailureRefusal.IsRefusal(e))
            {
                _edges.Report(
                    $"{_edges.Configuration.OnFailureDestinationArn} rejected the failure record of {_edges.Configuration.FunctionName} for "
                    + $"{failure.Describe()}, so it is dropped: {e.Message}");
                return FailureDelivery.Refused;
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                _edges.Report(
                    $"The failure record of {ShardId} could not be sent to {_edges.Configuration.OnFailureDestinationArn} and is retried: {e.Message}");
                await Task.Delay(RetryBackoff.After(failures), _edges.Clock, cancellationToken);
            }
        }
    }

    private async Task SaveCheckpointsAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await _checkpointSignal.WaitAsync(longest: null, cancellationToken);
            if (await SaveCheckpointAsync(cancellationToken))
            {
                return;
            }
        }
    }

    /// <returns>Whether the shard is finished.</returns>
    private async Task<bool> SaveCheckpointAsync(CancellationToken cancellationToken)
    {
        ShardCheckpoint checkpoint;
        lock (_gate)
        {
            checkpoint = _machine.Checkpoint;
        }

        if (checkpoint != _saved && (checkpoint.SequenceNumber is not null || checkpoint.IsFinished))
        {
            await _edges.Checkpoints.SaveAsync(_edges.Configuration.Uuid, checkpoint, cancellationToken);
            _saved = checkpoint;
        }

        return checkpoint.IsFinished;
    }

    private void CompleteDrains() => _drains.RemoveAll(drain =>
    {
        var isDrained = drain.Ordinal is { } ordinal && _machine.IsSettled(ordinal);
        if (isDrained)
        {
            drain.Completion.SetResult();
        }

        return isDrained;
    });

    private sealed class Drain(long timestamp, DateTimeOffset time)
    {
        public long Timestamp => timestamp;
        public DateTimeOffset Time => time;
        public long? Ordinal { get; set; }
        public TaskCompletionSource Completion { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>The start of the processing of a shard.</summary>
/// <param name="ShardId">The shard.</param>
/// <param name="HashKeys">The hash key range.</param>
/// <param name="IsClosed">Whether the shard was closed when it was listed.</param>
/// <param name="Position">The position of the iterator.</param>
/// <param name="SkipBefore">Records that arrived before this time are skipped, or null to skip none.</param>
/// <param name="Checkpoint">The checkpoint, or null.</param>
internal sealed record ShardStart(
    string ShardId, HashKeyRange HashKeys, bool IsClosed, IteratorPosition Position, DateTimeOffset? SkipBefore, ShardCheckpoint? Checkpoint);

/// <summary>The dependencies shared by the shards of a mapping.</summary>
internal sealed record MappingEdges(
    EventSourceMappingConfiguration Configuration,
    IShardStream Stream,
    IFunctionInvoker Invoker,
    ICheckpointStore Checkpoints,
    IFailureDestination? OnFailure,
    RecordFilter Filter,
    TimeProvider Clock,
    Func<Guid> NewId,
    Action<string> Report,
    Action<TimeSpan>? Aged);
