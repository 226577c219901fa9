using Amazon.DynamoDBv2.Model;
using Analytics.Counting.Chain;
using Analytics.Counting.RollingUp;
using Analytics.Counting.Storage;
using Analytics.Events.Definitions;
using Analytics.Streaming;

namespace Analytics.Counting.Tests.Histories;

/// <summary>
/// Runs a scenario. Lambda delivers shards' records: batches of one shard in order, whole, split or regrouped, again after a failure, a timeout or a
/// lost response, sometimes again after success, and sometimes it exhausts the retries; children start when their parent is read. An invocation that timed
/// out may continue in the background. Rollups and readers run concurrently. Each call to the table is a separate step.
/// </summary>
internal sealed class History
{
    private const int Environments = 3;
    private const int MaxSteps = 20_000;
    private static readonly int[] Parents = [-1, -1, 0, 0];

    private readonly Scenario _scenario;
    private readonly FakeCounterTable? _fake;
    private readonly ICounterTable _table;
    private readonly Func<ICounterTable, ICounterTable> _asReadersSee;
    private readonly Script _script = new();
    private readonly FakeTime _clock = new(Some.Noon);
    private readonly CounterPlan _plan;
    private readonly ChainSettings _chain;
    private readonly RollupSettings _rollup;
    private readonly ScenarioEvent[] _events;
    private readonly ScenarioEvent[][] _shards;
    private readonly int[] _positions = new int[ScenarioEvent.Shards];
    private readonly RunningCommit?[] _invocations = new RunningCommit?[ScenarioEvent.Shards];
    private readonly (object Process, CounterCommitter Committer)?[] _environments = new (object, CounterCommitter)?[Environments];
    private readonly List<(object Process, Task Task)> _others = [];
    private readonly HashSet<ScenarioEvent> _answered = [];
    private readonly HashSet<ScenarioEvent> _givenUp = [];
    private readonly Numbers _steps;
    private readonly Numbers _faults;
    private readonly Func<ItemKey, int, List<Dictionary<string, AttributeValue>>> _scan;
    private readonly StoredDefinitions _definitions;
    private (object Process, CounterReader Reader) _poller;
    private Task _polling = Task.CompletedTask;

    /// <summary>Prepares a scenario.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="table">The counters table.</param>
    /// <param name="scan">Gives some of its items after a key, in the order of their keys.</param>
    /// <param name="memoryLifetime">How long environments rely on what they remember; as in <see cref="ChainSettings"/> when not given.</param>
    /// <param name="asReadersSee">The table as readers see it.</param>
    public History(
        Scenario scenario,
        ICounterTable table,
        Func<ItemKey, int, List<Dictionary<string, AttributeValue>>> scan,
        TimeSpan? memoryLifetime = null,
        Func<ICounterTable, ICounterTable>? asReadersSee = null)
    {
        _scenario = scenario;
        _table = table;
        _scan = scan;
        _definitions = ScenarioComparison.GetDefinitions(scenario.Limit);
        _fake = table as FakeCounterTable;
        _asReadersSee = asReadersSee ?? (seen => seen);
        _plan = ScenarioComparison.GetPlan(scenario.Limit);
        _chain = new ChainSettings { MaxLinkBytes = scenario.IsCramped ? 1500 : ChainSettings.Default.MaxLinkBytes };
        _chain = memoryLifetime is { } lifetime ? _chain with { MemoryLifetime = lifetime } : _chain;
        _rollup = new RollupSettings
        {
            MaxParallelCalls = 2,
            MaxLinkBytes = scenario.IsCramped ? 300 : 2000,
            MaxPageBytes = scenario.IsCramped ? 250 : RollupSettings.Default.MaxPageBytes,
        };
        _events = ScenarioEvent.FromScenario(scenario);
        _shards = [.. Enumerable.Range(0, ScenarioEvent.Shards).Select(shard => _events.Where(@event => @event.Shard == shard).ToArray())];
        _steps = new Numbers(scenario.Steps);
        _faults = new Numbers(scenario.Faults);
        _poller = NewReader();
    }

    /// <summary>Runs to the end: all records are delivered, all links rolled up.</summary>
    public void Run()
    {
        // Without a context, continuations of a call run where the call is released, before anything else.
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            for (var step = 0; !_steps.IsAtEnd; step++)
            {
                Step();
                Assert.True(step < MaxSteps, "The history does not end.");
            }

            for (var step = 0; Settle(); step++)
            {
                Assert.True(step < MaxSteps, "The history does not end.");
            }

            Finish();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    private void Step()
    {
        switch (_steps.Next(28))
        {
            case < 14 when _script.Pending.Count > 0:
                _script.Release(_script.Pending[_steps.Next(_script.Pending.Count)], NextFault());
                break;
            case 14:
                _others.Add(NewRollup());
                break;
            case 15:
                _others.Add(NewReading());
                break;
            case 16 when _polling.IsCompleted:
                var poll = NewPolling();
                _others.Add(poll);
                _polling = poll.Task;
                break;
            case 17:
                TimeOut(_steps.Next(ScenarioEvent.Shards));
                break;
            case 18:
                _clock.Now = _clock.Now.AddMinutes(_steps.Next(40));
                break;
            case 20 or 21 when _script.Pending.Count > 0:
                LetRun(_script.Pending[_steps.Next(_script.Pending.Count)].Process);
                break;
            case 22 or 23 or 24:
                var rollup = NewRollup();
                _others.Add(rollup);
                LetRun(rollup.Process);
                break;
            case 25 or 26:
                Deliver(_steps.Next(ScenarioEvent.Shards));
                if (_script.Pending.Count > 0)
                {
                    LetRun(_script.Pending[^1].Process);
                }

                break;
            case 19 when _fake is not null:
                LetLinksExpire();
                break;
            default:
                Deliver(_steps.Next(ScenarioEvent.Shards));
                break;
        }

        Observe();
    }

    /// <summary>Runs a process to its end while all others wait.</summary>
    private void LetRun(object process)
    {
        while (_script.Pending.FirstOrDefault(call => ReferenceEquals(call.Process, process)) is { } call)
        {
            _script.Release(call, Fault.None);
        }
    }

    /// <summary>Runs a step without faults; returns false if all records are delivered.</summary>
    private bool Settle()
    {
        if (_script.Pending.Count > 0)
        {
            _script.Release(_script.Pending[0], Fault.None);
            Observe();
            return true;
        }

        Observe();
        var shard = Enumerable.Range(0, ScenarioEvent.Shards).Cast<int?>().FirstOrDefault(shard => IsReady(shard!.Value));
        if (shard is not { } next)
        {
            return false;
        }

        Deliver(next);
        return true;
    }

    private void Finish()
    {
        RunThrough(NewReading);
        RunThrough(NewRollup);
        RunThrough(NewReading);
        if (_polling.IsCompletedSuccessfully)
        {
            RunThrough(NewPolling);
        }
    }

    private void RunThrough(Func<(object Process, Task Task)> start)
    {
        var (_, task) = start();
        while (_script.Pending.Count > 0)
        {
            _script.Release(_script.Pending[0], Fault.None);
        }

        Assert.True(task.IsCompleted);
        task.GetAwaiter().GetResult();
    }

    /// <summary>Two of three calls succeed.</summary>
    private Fault NextFault() => (Fault)Math.Max(0, _faults.Next(16) - 10);

    private bool IsReady(int shard) =>
        _invocations[shard] is null
        && _positions[shard] < _shards[shard].Length
        && (Parents[shard] < 0 || _positions[Parents[shard]] == _shards[Parents[shard]].Length);

    private void Deliver(int shard)
    {
        if (!IsReady(shard))
        {
            return;
        }

        var from = _positions[shard];
        var count = Math.Min(1 + _steps.Next(12, otherwise: 11), _shards[shard].Length - from);
        if (_scenario.Delivery == Delivery.Whole)
        {
            while (from + count < _shards[shard].Length && _shards[shard][from + count].Sequence == _shards[shard][from + count - 1].Sequence)
            {
                count++;
            }
        }

        if (_steps.Next(20) == 19)
        {
            _givenUp.UnionWith(_shards[shard][from..(from + count)].Except(_answered));
            _positions[shard] += count;
            return;
        }

        var index = _steps.Next(Environments);
        for (var tried = 0; IsBusy(index) && tried < Environments; tried++)
        {
            index = (index + 1) % Environments;
        }

        if (IsBusy(index))
        {
            return;
        }

        var (process, committer) = _environments[index] ??= NewEnvironment();
        var events = _shards[shard][from..(from + count)];
        var invocation = new RunningCommit(process, shard, from, events);
        invocation.Task = committer.CommitAsync(Fold(shard, events), CancellationToken.None);
        _invocations[shard] = invocation;
    }

    private bool IsBusy(int index) => _invocations.Any(invocation => invocation is not null && ReferenceEquals(invocation.Process, _environments[index]?.Process));

    private (object Process, CounterCommitter Committer) NewEnvironment()
    {
        var process = new object();
        return (process, new CounterCommitter(_plan, _script.CreateTable(process, _table), _clock, _chain));
    }

    private CounterFold Fold(int shard, ScenarioEvent[] events)
    {
        var shardId = ShardId(shard);
        var fold = new CounterFold(_plan, new BatchInfo("arn:aws:kinesis:eu-central-1:1:stream/s", shardId, _clock.Now) { IsFromConsumer = _scenario.Delivery == Delivery.TakenApart });
        var records = _scenario.Delivery == Delivery.Whole
            ? events.GroupBy(@event => @event.Sequence).Select(group => group.Count() == 1
                ? Some.Record(shardId, group.Key, group.First().Json, group.First().Arrival)
                : Some.Record(shardId, group.Key, Some.Aggregate([.. group.Select(@event => @event.Json)]), group.First().Arrival))
            : events.Select(@event => Some.Record(shardId, @event.Sequence, @event.Json, @event.Arrival));
        foreach (var record in records)
        {
            foreach (ref readonly var user in _plan.Reader.Read(record.Data))
            {
                fold.Add(record, user);
            }
        }

        return fold;
    }

    private static string ShardId(int shard) => $"shardId-00000000000{shard}";

    /// <summary>Lambda stops waiting for an invocation, which may continue.</summary>
    private void TimeOut(int shard)
    {
        if (_invocations[shard] is { } invocation)
        {
            Abandon(invocation);
        }
    }

    private void Abandon(RunningCommit invocation)
    {
        _invocations[invocation.Shard] = null;
        for (var index = 0; index < Environments; index++)
        {
            if (ReferenceEquals(_environments[index]?.Process, invocation.Process))
            {
                _environments[index] = null;
            }
        }
    }

    /// <summary>Weeks pass: all calls complete, everything is rolled up, and links expire. Environments survive, unlike real ones.</summary>
    private void LetLinksExpire()
    {
        while (_script.Pending.Count > 0)
        {
            _script.Release(_script.Pending[0], Fault.None);
        }

        Observe();
        for (var week = 0; week < 3; week++)
        {
            RunThrough(NewRollup);
            _fake!.Expire(_clock.Now);
            _clock.Now = _clock.Now.AddDays(7);
        }

        _poller = NewReader();
        _polling = Task.CompletedTask;
    }

    /// <summary>Collects completed processes.</summary>
    private void Observe()
    {
        foreach (var invocation in _invocations.OfType<RunningCommit>().ToList())
        {
            if (invocation.Task.IsCompleted)
            {
                Answer(invocation, invocation.Task.GetAwaiter().GetResult());
            }
            else if (_script.Pending.All(call => !ReferenceEquals(call.Process, invocation.Process)))
            {
                Abandon(invocation);
            }
        }

        foreach (var other in _others.Where(other => other.Task.IsCompleted).ToList())
        {
            _ = _others.Remove(other);
            if (other.Task.Exception?.InnerException is { } exception and not TimeoutException)
            {
                System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(exception);
            }
        }

        if (_polling is { IsCompletedSuccessfully: false } && _script.Pending.All(call => !ReferenceEquals(call.Process, _poller.Process)))
        {
            // The process has ended, or the read has failed.
            _poller = NewReader();
            _polling = Task.CompletedTask;
        }
    }

    private void Answer(RunningCommit invocation, CommitResult result)
    {
        _invocations[invocation.Shard] = null;
        if (result.Lowest is { } lowest)
        {
            Assert.NotNull(result.Cause);
            _positions[invocation.Shard] = invocation.From + Array.FindIndex(
                invocation.Events, @event => SequenceNumber.Parse(Some.SequenceNumber(@event.Sequence)) >= lowest);
            return;
        }

        _answered.UnionWith(invocation.Events.Except(_givenUp));
        _positions[invocation.Shard] = invocation.From + invocation.Events.Length;
        if (_steps.Next(8) == 7)
        {
            var back = Math.Max(0, _positions[invocation.Shard] - _steps.Next(20));
            while (_scenario.Delivery == Delivery.Whole && back > 0 && _shards[invocation.Shard][back - 1].Sequence == (back < _shards[invocation.Shard].Length ? _shards[invocation.Shard][back].Sequence : -1))
            {
                back--;
            }

            _positions[invocation.Shard] = back;
        }
    }

    private (object Process, Task Task) NewRollup()
    {
        var process = new object();
        return (process, new CounterRollup(_script.CreateTable(process, _table), _clock, _rollup, _definitions).RunAsync(CancellationToken.None));
    }

    private (object Process, CounterReader Reader) NewReader()
    {
        var process = new object();
        return (process, new CounterReader(_asReadersSee(_script.CreateTable(process, _table)), _ => _script.ScanAsync(process, _scan), _definitions));
    }

    private (object Process, Task Task) NewReading()
    {
        var (process, reader) = NewReader();
        return (process, ReadAllAsync(reader));
    }

    private (object Process, Task Task) NewPolling() => (_poller.Process, PollAsync(_poller.Reader));

    private async Task ReadAllAsync(CounterReader reader)
    {
        var answered = _answered.ToHashSet();
        var values = await reader.ScanAsync();
        ScenarioComparison.Compare(GetCounted([.. values.Where(value => value is { Counter: "total", Window: CounterWindow.Hour })], answered), _scenario.Limit, values);
    }

    private async Task PollAsync(CounterReader reader)
    {
        foreach (var (counter, window) in new[] { ("amounts", CounterWindow.Minute), ("total", CounterWindow.Hour) })
        {
            var answered = _answered.ToHashSet();
            var values = new List<CounterValue>();
            var query = new CounterQuery { Counter = counter, Window = window, From = Some.Noon, To = Some.Noon.AddMinutes(2) };
            await foreach (var value in reader.QueryAsync(query))
            {
                values.Add(value);
            }

            var counted = GetCounted(values, answered);
            ScenarioComparison.Compare(counted, _scenario.Limit, values, [counter]);
        }
    }

    /// <summary>The events in a sum, which must include all acknowledged events and be, per shard, a prefix of the events that did not fail.</summary>
    private ScenarioEvent[] GetCounted(List<CounterValue> sums, HashSet<ScenarioEvent> answered)
    {
        var sum = sums.Sum(value => value.Sum!.Value);
        var counted = _events.Where(@event => ((long)sum & (long)@event.Amount) != 0).ToArray();
        Assert.Equal(counted.Sum(@event => @event.Amount), sum);
        Assert.Subset(counted.ToHashSet(), answered);
        foreach (var shard in _shards)
        {
            var sure = shard.Where(@event => !_givenUp.Contains(@event)).Select(counted.Contains).ToList();
            Assert.True(sure.LastIndexOf(true) < sure.Count(isCounted => isCounted), "A record is missing between two that are there.");
        }

        return counted;
    }

    private sealed record RunningCommit(object Process, int Shard, int From, ScenarioEvent[] Events)
    {
        public Task<CommitResult> Task { get; set; } = null!;
    }

    /// <summary>Returns numbers in order; then zeros or the requested value.</summary>
    private sealed class Numbers(int[] numbers)
    {
        private int _index;

        public bool IsAtEnd => _index >= numbers.Length;

        public int Next(int count, int otherwise = 0) => _index < numbers.Length ? numbers[_index++] % count : otherwise;
    }
}
