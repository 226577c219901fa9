using Amazon.Kinesis;

namespace Analytics.Local.Mapping;

/// <summary>
/// Reads a Kinesis stream and invokes a function with its records, as Lambda's event source mapping does
/// (https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html): every record is processed at least once or reported in a failure record,
/// and records with the same partition key are processed in order.
/// </summary>
public sealed class EventSourceMapping : IAsyncDisposable
{
    private static readonly TimeSpan ChildrenRest = TimeSpan.FromSeconds(1);

    private readonly EventSourceMappingConfiguration _configuration;
    private readonly IShardStream _stream;
    private readonly ICheckpointStore _checkpoints;
    private readonly IFailureDestination? _onFailure;
    private readonly TimeProvider _clock;
    private readonly MappingEdges _edges;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _fault = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _streamDeleted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private readonly ShardFamily _family = new();
    private readonly Dictionary<string, ShardProcessor> _processors = new(StringComparer.Ordinal);
    private readonly List<Task> _running = [];
    private IReadOnlyDictionary<string, ShardCheckpoint> _restored = new Dictionary<string, ShardCheckpoint>();
    private DateTimeOffset _startedAt;
    private bool _isStarted;

    /// <summary>Creates a mapping without starting it.</summary>
    /// <param name="configuration">The settings.</param>
    /// <param name="kinesis">The Kinesis client, for AWS or an emulator.</param>
    /// <param name="invoker">Invokes the function.</param>
    /// <param name="checkpoints">Stores the mapping's progress.</param>
    /// <param name="onFailure">Receives failure records (<see cref="FailureDestinations"/>), or null if the settings have no destination.</param>
    /// <param name="clock">The clock for windows, retries and ages.</param>
    /// <param name="report">Receives messages about transient failures; optional.</param>
    /// <param name="aged">Receives the iterator age of each invocation: the time since its last record arrived.</param>
    /// <exception cref="EventSourceMappingException">A setting is out of bounds.</exception>
    public EventSourceMapping(
        EventSourceMappingConfiguration configuration,
        IAmazonKinesis kinesis,
        IFunctionInvoker invoker,
        ICheckpointStore checkpoints,
        IFailureDestination? onFailure,
        TimeProvider clock,
        Action<string>? report = null,
        Action<TimeSpan>? aged = null)
        : this(
            configuration, new KinesisStream(kinesis, configuration.StreamName, clock, report ?? (_ => { })), invoker, checkpoints, onFailure, clock,
            report ?? (_ => { }), aged)
    {
    }

    internal EventSourceMapping(
        EventSourceMappingConfiguration configuration,
        IShardStream stream,
        IFunctionInvoker invoker,
        ICheckpointStore checkpoints,
        IFailureDestination? onFailure,
        TimeProvider clock,
        Action<string> report,
        Action<TimeSpan>? aged = null)
    {
        if (configuration.Validate() is { Count: > 0 } errors)
        {
            throw new EventSourceMappingException(string.Join(" ", errors));
        }

        if (onFailure is null && configuration.OnFailureDestinationArn is { } arn)
        {
            throw new EventSourceMappingException($"The mapping of {configuration.FunctionName} has the on-failure destination {arn}, but was given no client for it.");
        }

        _configuration = configuration;
        _stream = stream;
        _checkpoints = checkpoints;
        _onFailure = onFailure;
        _clock = clock;
        _edges = new MappingEdges(
            configuration, stream, invoker, checkpoints, onFailure, new RecordFilter(configuration), clock, Guid.NewGuid, report, aged);
    }

    /// <summary>
    /// Faults if the mapping cannot continue, and never completes otherwise. A deleted stream is not a fault: the mapping reports it and
    /// stops.
    /// </summary>
    public Task Fault => _fault.Task;

    /// <summary>The mapping's statistics.</summary>
    public EventSourceMappingStatistics Statistics =>
        Processors.Aggregate(new EventSourceMappingStatistics(), (sum, processor) => sum.Plus(processor.Statistics));

    /// <summary>The mapping's progress in each shard that it has read since it started, in no particular order.</summary>
    public IReadOnlyList<ShardProgress> Shards => [.. Processors.Select(processor => processor.Progress)];

    private List<ShardProcessor> Processors
    {
        get
        {
            lock (_gate)
            {
                return [.. _processors.Values];
            }
        }
    }

    /// <summary>
    /// Starts reading, from checkpoints if there are any. Iterators are placed when the task completes: LATEST then misses no records
    /// put afterwards.
    /// </summary>
    /// <exception cref="EventSourceMappingException">The stream, a checkpoint or the on-failure destination cannot be used.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_onFailure is not null)
        {
            await _onFailure.CheckAsync(cancellationToken);
        }

        var restored = await _checkpoints.LoadAsync(_configuration.Uuid, cancellationToken);
        _startedAt = restored?.StartedAt ?? DateTimeOffset.FromUnixTimeMilliseconds(_clock.GetUtcNow().ToUnixTimeMilliseconds());
        if (restored is null)
        {
            await _checkpoints.SaveStartAsync(_configuration.Uuid, _startedAt, cancellationToken);
        }
        else
        {
            _restored = restored.Shards;
        }

        var shards = await _stream.ListShardsAsync(cancellationToken);
        List<ShardProcessor> ready;
        lock (_gate)
        {
            Adopt(shards, isFirstStart: restored is null);
            ready = TakeReady();
            _isStarted = true;
        }

        var iterators = await Task.WhenAll(ready.Select(processor => processor.PlaceIteratorAsync(isAtStart: true, cancellationToken)));
        lock (_gate)
        {
            for (var i = 0; i < ready.Count; i++)
            {
                var (processor, iterator) = (ready[i], iterators[i]);
                _running.Add(Task.Run(() => RunAsync(processor, iterator), CancellationToken.None));
            }
        }
    }

    /// <summary>
    /// Delivers everything on the stream at the time of the call without waiting for the end of batching windows, and completes when it has been
    /// settled: processed, reported in a delivered failure record, or dropped if there is no destination or it rejected the record; and its tumbling windows have had
    /// their final invocation. A deleted stream counts as empty.
    /// </summary>
    /// <exception cref="EventSourceMappingException">The mapping cannot continue.</exception>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        var timestamp = _clock.GetTimestamp();
        var time = _clock.GetUtcNow();
        IReadOnlyList<ShardInfo> shards;
        try
        {
            shards = await _stream.ListShardsAsync(cancellationToken);
        }
        catch (StreamNotFoundException e)
        {
            await StopAtDeletedStreamAsync(e);
            return;
        }

        Task drained;
        lock (_gate)
        {
            if (!_isStarted)
            {
                throw new InvalidOperationException("The mapping has not started.");
            }

            Adopt(shards, isFirstStart: false);
            drained = Task.WhenAll(shards.Where(shard => _processors.ContainsKey(shard.ShardId))
                .Select(shard => _processors[shard.ShardId].WhenDrainedAsync(timestamp, time)));
        }

        using var stopped = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stop.Token);
        try
        {
            await Task.WhenAny(drained, _fault.Task, _streamDeleted.Task).WaitAsync(stopped.Token);
        }
        catch (OperationCanceledException) when (_fault.Task.IsFaulted || _streamDeleted.Task.IsCompleted)
        {
        }

        await (_fault.Task.IsFaulted ? _fault.Task : _streamDeleted.Task.IsCompleted ? _streamDeleted.Task : drained);
    }

    /// <summary>Stops reading, cancels running invocations, and saves the checkpoints.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        while (true)
        {
            Task[] running;
            lock (_gate)
            {
                running = [.. _running.Where(task => !task.IsCompleted)];
            }

            if (running.Length == 0)
            {
                return;
            }

            await Task.WhenAll(running);
        }
    }

    private async Task RunAsync(ShardProcessor processor, string? iterator)
    {
        try
        {
            iterator ??= await processor.PlaceIteratorAsync(isAtStart: false, _stop.Token);
            await processor.RunAsync(iterator, _stop.Token);
            await FollowAsync(processor.ShardId, _stop.Token);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
        }
        catch (StreamNotFoundException e)
        {
            await StopAtDeletedStreamAsync(e);
        }
        catch (Exception e)
        {
            _fault.TrySetException(e as EventSourceMappingException ?? new EventSourceMappingException(
                $"The mapping of {_configuration.StreamName} to {_configuration.FunctionName} stopped at {processor.ShardId}: {e.Message}", e));
            _ = _fault.Task.Exception;
            await _stop.CancelAsync();
        }
    }

    private async Task StopAtDeletedStreamAsync(StreamNotFoundException reason)
    {
        if (_streamDeleted.TrySetResult())
        {
            _edges.Report($"{reason.Message} The mapping of {_configuration.StreamName} to {_configuration.FunctionName} has stopped; other mappings continue.");
            await _stop.CancelAsync();
        }
    }

    /// <summary>Starts the children of a finished shard as soon as the stream lists them and their other parents are finished.</summary>
    private async Task FollowAsync(string shardId, CancellationToken cancellationToken)
    {
        while (true)
        {
            var shards = await _stream.ListShardsAsync(cancellationToken);
            lock (_gate)
            {
                Adopt(shards, isFirstStart: false);
                _family.Finish(shardId);
                foreach (var processor in TakeReady())
                {
                    _running.Add(Task.Run(() => RunAsync(processor, iterator: null), CancellationToken.None));
                }

                if (_family.HasChildren(shardId))
                {
                    return;
                }
            }

            await Task.Delay(ChildrenRest, _clock, cancellationToken);
        }
    }

    private List<ShardProcessor> TakeReady() => [.. _family.TakeReady().Select(shardId => _processors[shardId])];

    private void Adopt(IReadOnlyList<ShardInfo> shards, bool isFirstStart)
    {
        foreach (var shard in _family.Add(shards))
        {
            var checkpoint = _restored.GetValueOrDefault(shard.ShardId);
            if (checkpoint is { IsFinished: true })
            {
                _family.Finish(shard.ShardId);
            }
            else
            {
                _processors.Add(shard.ShardId, new ShardProcessor(_edges, GetStart(shard, checkpoint, isFirstStart)));
            }
        }
    }

    /// <summary>
    /// Determines the start of a shard. Instead of AT_TIMESTAMP, reading starts at the oldest record and skips earlier arrivals, because kinesalite never
    /// responds for a time after the last record. The same applies to LATEST if it is too late to place an iterator there: after a restart, and
    /// (<see cref="ShardProcessor.PlaceIteratorAsync"/>) in a shard that had to wait for its parents.
    /// </summary>
    private ShardStart GetStart(ShardInfo shard, ShardCheckpoint? checkpoint, bool isFirstStart)
    {
        if (checkpoint?.SequenceNumber is { } settled)
        {
            var place = checkpoint.UserRecords is null ? IteratorPosition.AfterSequenceNumber(settled) : IteratorPosition.AtSequenceNumber(settled);
            return new ShardStart(shard.ShardId, shard.HashKeys, shard.IsClosed, place, SkipBefore: null, checkpoint);
        }

        var (position, skipBefore) = _configuration.StartingPosition switch
        {
            StartingPosition.Latest when isFirstStart => (IteratorPosition.Latest, _startedAt),
            StartingPosition.Latest => (IteratorPosition.TrimHorizon, _startedAt),
            StartingPosition.AtTimestamp => (IteratorPosition.TrimHorizon, _configuration.StartingPositionTimestamp),
            _ => (IteratorPosition.TrimHorizon, (DateTimeOffset?)null),
        };
        return new ShardStart(shard.ShardId, shard.HashKeys, shard.IsClosed, position, skipBefore, checkpoint);
    }
}
