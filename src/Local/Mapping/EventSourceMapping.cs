using Amazon.Kinesis;

namespace Analytics.Local.Mapping;

/// <summary>
/// Reads a Kinesis stream and invokes a function with its records, as Lambda's event source mapping does
/// (https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html): every record is processed at least once or named in a failure record,
/// records with one partition key in order.
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

    /// <summary>A mapping that has not started yet.</summary>
    /// <param name="configuration">The settings.</param>
    /// <param name="kinesis">Reads the stream; AWS's or an emulator's.</param>
    /// <param name="invoker">Invokes the function.</param>
    /// <param name="checkpoints">Keeps how far the mapping has come.</param>
    /// <param name="onFailure">Takes failure records (<see cref="FailureDestinations"/>); null when the settings name no destination.</param>
    /// <param name="clock">The time for windows, retries and ages.</param>
    /// <param name="report">Takes a line about what goes wrong and is tried again; null when nobody wants to know.</param>
    /// <param name="aged">Takes the iterator age of each invocation: how long ago its last record arrived.</param>
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
            throw new EventSourceMappingException($"The mapping of {configuration.FunctionName} names {arn} for failures, but was given no way to send there.");
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
    /// Faults when the mapping cannot go on, and never completes otherwise. A stream that is deleted is no fault: the mapping reports it and
    /// has nothing more to do.
    /// </summary>
    public Task Fault => _fault.Task;

    /// <summary>What the mapping has done so far.</summary>
    public EventSourceMappingStatistics Statistics =>
        Processors.Aggregate(new EventSourceMappingStatistics(), (sum, processor) => sum.Plus(processor.Statistics));

    /// <summary>How far the mapping is in each shard that it reads or has read since it started, in no particular order.</summary>
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
    /// Starts reading, from the checkpoints if there are some. Iterators are placed when the task completes: LATEST then misses nothing that is
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
    /// Completes when everything that is on the stream at the time of the call has been read and settled: processed, or named in a delivered
    /// failure record, or dropped if there is no destination or it refused; and its tumbling windows have had their final invocation. Batching
    /// windows run their time. A deleted stream has nothing on it.
    /// </summary>
    /// <exception cref="EventSourceMappingException">The mapping cannot go on.</exception>
    public async Task WaitUntilDrainedAsync(CancellationToken cancellationToken)
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

    /// <summary>Stops reading, cancels the invocations under way, and saves the checkpoints.</summary>
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
            _edges.Report($"{reason.Message} The mapping of {_configuration.StreamName} to {_configuration.FunctionName} has stopped; other mappings go on.");
            await _stop.CancelAsync();
        }
    }

    /// <summary>Starts the children of a shard that is finished, as soon as the stream lists them and their other parents are finished too.</summary>
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
                _processors.Add(shard.ShardId, new ShardProcessor(_edges, StartOf(shard, checkpoint, isFirstStart)));
            }
        }
    }

    /// <summary>
    /// Where to begin a shard. In place of AT_TIMESTAMP it is the oldest record, passing over those that arrived before: kinesalite never
    /// answers for a time after the last record. The same goes for LATEST once it is too late to place an iterator there: after a restart, and
    /// (<see cref="ShardProcessor.PlaceIteratorAsync"/>) in a shard that had to wait for its parents.
    /// </summary>
    private ShardStart StartOf(ShardInfo shard, ShardCheckpoint? checkpoint, bool isFirstStart)
    {
        if (checkpoint?.SequenceNumber is { } settled)
        {
            var place = checkpoint.UserRecords is null ? ShardPosition.AfterSequenceNumber(settled) : ShardPosition.AtSequenceNumber(settled);
            return new ShardStart(shard.ShardId, shard.HashKeys, shard.IsClosed, place, SkipBefore: null, checkpoint);
        }

        var (position, skipBefore) = _configuration.StartingPosition switch
        {
            StartingPosition.Latest when isFirstStart => (ShardPosition.Latest, _startedAt),
            StartingPosition.Latest => (ShardPosition.TrimHorizon, _startedAt),
            StartingPosition.AtTimestamp => (ShardPosition.TrimHorizon, _configuration.StartingPositionTimestamp),
            _ => (ShardPosition.TrimHorizon, (DateTimeOffset?)null),
        };
        return new ShardStart(shard.ShardId, shard.HashKeys, shard.IsClosed, position, skipBefore, checkpoint);
    }
}
