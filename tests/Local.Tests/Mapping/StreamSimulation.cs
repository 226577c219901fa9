using System.Globalization;
using System.Text;
using System.Text.Json;
using Analytics.Local.Mapping;

namespace Analytics.Local.Tests.Mapping;

/// <summary>
/// A stream that is written, split and merged while a mapping reads it, with events in random order: reads of any size,
/// responses of any kind, and crashes after which the mapping resumes from its checkpoints. A seed determines a run.
/// Checks the invariants at each step.
/// </summary>
internal sealed class StreamSimulation
{
    private const int KeyCount = 8;

    private readonly Random _random;
    private readonly EventSourceMappingConfiguration _configuration;
    private readonly bool _crashes;
    private readonly List<SimulatedShard> _shards = [];
    private readonly Dictionary<string, ShardCheckpoint> _checkpoints = [];
    private readonly List<string>[] _putByKey = [.. Enumerable.Range(0, KeyCount).Select(_ => new List<string>())];
    private readonly HashSet<string> _settled = [];
    private ShardFamily _family = new();
    private DateTimeOffset _now = Some.Time;
    private int _sequence;
    private bool _isCalm;

    public StreamSimulation(EventSourceMappingConfiguration configuration, int seed, bool crashes)
    {
        _configuration = configuration;
        _random = new Random(seed);
        _crashes = crashes;
        var roots = _random.Next(1, 4);
        for (var root = 0; root < roots; root++)
        {
            AddShard([.. Enumerable.Range(0, KeyCount).Where(key => key % roots == root)], null, null);
        }
    }

    public int Put { get; private set; }

    public int Processed { get; private set; }

    public int GivenUp { get; private set; }

    /// <summary>The counts of the windows' final invocations, successful or failed.</summary>
    public int CountedInWindows { get; private set; }

    /// <summary>Every seventh record is filtered out.</summary>
    private static bool Matches(ShardRecord record) => record.Data.Span[0] % 7 != 0;

    public void Run(int steps)
    {
        Restart();
        for (var step = 0; step < steps; step++)
        {
            Step();
        }

        _isCalm = true;
        for (var round = 0; _shards.Any(shard => !shard.IsClosed || shard.Machine?.IsFinished != true); round++)
        {
            Assert.True(round < 100_000, "The simulation does not come to its end.");
            foreach (var shard in _shards)
            {
                shard.IsClosed = true;
            }

            _now += TimeSpan.FromMilliseconds(_random.Next(1, 30_000));
            foreach (var shard in _shards.ToList())
            {
                Poll(shard);
                StepLanes(shard);
                Save(shard);
            }
        }

        Assert.All(_putByKey.SelectMany(sequences => sequences), sequence => Assert.Contains(sequence, _settled));
    }

    private void Step()
    {
        _now += TimeSpan.FromMilliseconds(_random.Next(0, 300));
        var shard = _shards[_random.Next(_shards.Count)];
        switch (_random.Next(20))
        {
            case < 6:
                PutRecords(_random.Next(1, 6));
                break;
            case < 10:
                Poll(shard);
                break;
            case < 17:
                StepLanes(shard);
                break;
            case < 18:
                Save(shard);
                break;
            case 18 when _shards.Count < 12:
                Reshard();
                break;
            case 19 when _crashes && _random.Next(4) == 0:
                Restart();
                break;
        }
    }

    private void PutRecords(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var key = _random.Next(KeyCount);
            var shard = _shards.Single(candidate => !candidate.IsClosed && candidate.Keys.Contains(key));
            var record = new ShardRecord(
                (++_sequence).ToString("D6", CultureInfo.InvariantCulture), key.ToString(CultureInfo.InvariantCulture), new[] { (byte)_sequence }, _now);
            shard.Records.Add(record);
            if (Matches(record))
            {
                _putByKey[key].Add(record.SequenceNumber);
                Put++;
            }
        }
    }

    private void Reshard()
    {
        var open = _shards.Where(shard => !shard.IsClosed).ToList();
        var first = open[_random.Next(open.Count)];
        var second = open[_random.Next(open.Count)];
        first.IsClosed = true;
        if (first != second)
        {
            second.IsClosed = true;
            AddShard([.. first.Keys, .. second.Keys], first, second);
            return;
        }

        var half = first.Keys.Count / 2;
        AddShard([.. first.Keys.Take(half)], first, null);
        AddShard([.. first.Keys.Skip(half)], first, null);
    }

    private void AddShard(HashSet<int> keys, SimulatedShard? parent, SimulatedShard? adjacentParent)
    {
        var id = $"shardId-{_shards.Count.ToString("D12", CultureInfo.InvariantCulture)}";
        _shards.Add(new SimulatedShard(new ShardInfo(id, parent?.Info.ShardId, adjacentParent?.Info.ShardId, false), keys));
        StartReady();
    }

    /// <summary>Starts a new process, which knows only the saved checkpoints.</summary>
    private void Restart()
    {
        _family = new ShardFamily();
        foreach (var shard in _shards)
        {
            shard.Machine = null;
            shard.InFlight.Clear();
        }

        _family.Add([.. _shards.Select(shard => shard.Info)]);
        foreach (var checkpoint in _checkpoints.Values.Where(checkpoint => checkpoint.IsFinished))
        {
            _family.Finish(checkpoint.ShardId);
        }

        foreach (var shard in _shards.Where(shard => _checkpoints.GetValueOrDefault(shard.Info.ShardId) is { IsFinished: true }))
        {
            shard.Machine = NewMachine(shard);
            shard.Read = shard.Records.Count;
            shard.Machine.End();
        }

        StartReady();
    }

    private void StartReady()
    {
        _family.Add([.. _shards.Select(shard => shard.Info)]);
        foreach (var shardId in _family.TakeReady())
        {
            var shard = _shards.Single(candidate => candidate.Info.ShardId == shardId);
            shard.Machine = NewMachine(shard);
            var after = _checkpoints.GetValueOrDefault(shardId)?.SequenceNumber;
            shard.Read = after is null ? 0 : shard.Records.FindIndex(record => record.SequenceNumber == after) + 1;
        }
    }

    private ShardStateMachine NewMachine(SimulatedShard shard) => new(
        _configuration, shard.Info.ShardId, _checkpoints.GetValueOrDefault(shard.Info.ShardId), new KinesisEventWriter(_configuration, shard.Info.ShardId),
        Matches, Guid.NewGuid);

    private void Poll(SimulatedShard shard)
    {
        if (shard.Machine is not { } machine || machine.IsFull)
        {
            return;
        }

        var count = Math.Min(shard.Records.Count - shard.Read, _random.Next(0, 20));
        for (var i = 0; i < count; i++)
        {
            machine.Offer(shard.Records[shard.Read++], _now);
        }

        if (shard.Read == shard.Records.Count)
        {
            machine.ReadThrough(_now);
            if (shard.IsClosed)
            {
                machine.End();
            }
        }
    }

    private void StepLanes(SimulatedShard shard)
    {
        if (shard.Machine is not { } machine)
        {
            return;
        }

        for (var lane = 0; lane < machine.LaneCount; lane++)
        {
            if (shard.InFlight.Remove(lane, out var invocation))
            {
                Answer(machine, lane, invocation);
                continue;
            }

            switch (machine.Next(lane, _now))
            {
                case LaneAction.Invoke(var next):
                    CheckOrder(next);
                    shard.InFlight.Add(lane, next);
                    break;
                case LaneAction.Send(var failure, var given):
                    Assert.Equal(given.Records.Length, failure.KinesisBatchInfo.Range?.BatchSize ?? 0);
                    CountWindow(given);
                    GivenUp += Settle(given.Records.Span);
                    machine.Sent(lane, FailureDelivery.Delivered);
                    break;
            }
        }
    }

    private void Answer(ShardStateMachine machine, int lane, LaneInvocation invocation)
    {
        var kind = _isCalm && _configuration.MaximumRetryAttempts < 0 ? 99 : _random.Next(100);
        var state = StateAfter(invocation, invocation.Records.Length);
        switch (kind)
        {
            case < 10:
                machine.Complete(lane, InvocationOutcome.Throttled, _now);
                return;
            case < 25:
                machine.Complete(lane, Some.Thrown, _now);
                return;
            case < 30:
                machine.Complete(lane, InvocationOutcome.TimedOut, _now);
                return;
            case < 45 when _configuration.ReportBatchItemFailures && !invocation.Records.IsEmpty:
                var failed = _random.Next(invocation.Records.Length);
                var identifier = invocation.Records.Span[failed].Record.SequenceNumber;
                Processed += Settle(invocation.Records.Span[..failed]);
                machine.Complete(
                    lane,
                    Some.Answer($$"""{"state":{{StateAfter(invocation, failed)}},"batchItemFailures":[{"itemIdentifier":"{{identifier}}"}]}"""),
                    _now);
                return;
            default:
                CountWindow(invocation);
                Processed += Settle(invocation.Records.Span);
                machine.Complete(lane, Some.Answer($$"""{"state":{{state}}}"""), _now);
                return;
        }
    }

    private static int ReadCount(ReadOnlyMemory<byte> state)
    {
        using var json = JsonDocument.Parse(state);
        return json.RootElement.TryGetProperty("count", out var count) ? count.GetInt32() : 0;
    }

    /// <summary>The count so far; sometimes padded beyond the limit at which the window ends.</summary>
    private string StateAfter(LaneInvocation invocation, int processed)
    {
        var state = new StringBuilder("{\"count\":");
        state.Append(invocation.Window is { } window ? ReadCount(window.State) + processed : 0);
        if (_random.Next(200) == 0)
        {
            state.Append(",\"x\":\"").Append('x', 1024 * 1024).Append('"');
        }

        return state.Append('}').ToString();
    }

    private void CountWindow(LaneInvocation invocation)
    {
        if (invocation.Window is { IsFinal: true } window)
        {
            CountedInWindows += ReadCount(window.State);
        }
    }

    private int Settle(ReadOnlySpan<PolledRecord> records)
    {
        var added = 0;
        foreach (ref readonly var record in records)
        {
            added += _settled.Add(record.Record.SequenceNumber) ? 1 : 0;
        }

        return added;
    }

    /// <summary>All earlier records with the key of a delivered one are settled or precede it in the same batch.</summary>
    private void CheckOrder(LaneInvocation invocation)
    {
        Assert.InRange(invocation.Records.Length, invocation.Window is { IsFinal: true } ? 0 : 1, _configuration.BatchSize);
        var delivered = new HashSet<string>();
        foreach (var record in invocation.Records.ToArray())
        {
            var earlier = _putByKey[int.Parse(record.Record.PartitionKey, CultureInfo.InvariantCulture)]
                .TakeWhile(sequence => sequence != record.Record.SequenceNumber);
            Assert.All(earlier, sequence => Assert.True(
                _settled.Contains(sequence) || delivered.Contains(sequence), $"{record.Record.SequenceNumber} was delivered before {sequence}."));
            delivered.Add(record.Record.SequenceNumber);
            if (invocation.Window is { } window)
            {
                Assert.True(record.Record.ArrivalTime < window.End, "A record is in a window that ended before it arrived.");
            }
        }
    }

    /// <summary>Saves the checkpoint, before which everything must be settled, and starts the children of a finished shard.</summary>
    private void Save(SimulatedShard shard)
    {
        if (shard.Machine is not { } machine)
        {
            return;
        }

        var checkpoint = machine.Checkpoint;
        _checkpoints[shard.Info.ShardId] = checkpoint;
        var behind = shard.Records.TakeWhile(record => string.CompareOrdinal(record.SequenceNumber, checkpoint.SequenceNumber ?? "") <= 0);
        Assert.All(behind.Where(Matches), record => Assert.Contains(record.SequenceNumber, _settled));
        if (checkpoint.IsFinished)
        {
            _family.Finish(shard.Info.ShardId);
            StartReady();
        }
    }

    private sealed class SimulatedShard(ShardInfo info, HashSet<int> keys)
    {
        public ShardInfo Info => info;
        public HashSet<int> Keys => keys;
        public List<ShardRecord> Records { get; } = [];
        public bool IsClosed { get; set; }
        public int Read { get; set; }
        public ShardStateMachine? Machine { get; set; }
        public Dictionary<int, LaneInvocation> InFlight { get; } = [];
    }
}
