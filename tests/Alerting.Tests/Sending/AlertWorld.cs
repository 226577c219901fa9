using System.Globalization;
using Analytics.Alerting.Cooldowns;
using Analytics.Alerting.Sending;
using Analytics.Alerting.Storage;
using Analytics.Events.Definitions;
using Analytics.Streaming;

namespace Analytics.Alerting.Tests.Sending;

/// <summary>
/// Shards whose batches are sent by several invocations at once, one call at a time. Decisions select the invocation that continues and the result of its call: it
/// can succeed, fail, succeed with a lost response, or be the process's last one, before or after it takes effect. When there are no more decisions, everything succeeds until the end.
/// </summary>
internal sealed class AlertWorld
{
    private const int Shards = 3;
    private static readonly MatchRule Single = SomeAlerts.Rule(name: "single");
    private static readonly MatchRule Cooled = SomeAlerts.Rule(""","cooldown":{"period":"1m","by":["user_id"]}""", "cooled");
    private static readonly MatchRule Silent = SomeAlerts.Rule(""","cooldown":{"period":"10m"}""", "silent");

    private readonly Random _random;
    private readonly Queue<int> _decisions;
    private readonly FakeTime _time = new(Some.Now);
    private readonly FakeAlertTable _table;
    private readonly List<Shard> _shards = [];
    private readonly List<Process> _processes = [];
    private readonly SentHistory _history = new();

    public AlertWorld(int seed, int[] decisions, int keys, FakeAlertTable? table = null)
    {
        _table = table ?? new FakeAlertTable();
        _random = new Random(seed);
        _decisions = new Queue<int>(decisions);
        for (var number = 0; number < Shards; number++)
        {
            _shards.Add(new Shard($"shardId-00000000000{number}", _random, keys));
        }
    }

    public Dictionary<string, int> Seen => _history.Seen;

    public void Run()
    {
        // Otherwise continuations of a call would be posted to the test's threads instead of running where the call continues.
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            RunToTheEnd();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }

        Verify();
    }

    private void RunToTheEnd()
    {
        for (var steps = 0; _shards.Exists(shard => !shard.IsDone) || _processes.Count > 0; steps++)
        {
            Assert.True(steps < 20_000, "it does not come to an end");
            Step();
        }
    }

    private int Decide(int otherwise, int options) => _decisions.TryDequeue(out var decision) ? decision % options : otherwise;

    private void Step()
    {
        foreach (var shard in _shards.Where(shard => !shard.IsDone && shard.Current is null))
        {
            Deliver(shard);
        }

        var ready = _processes.Where(process => process.Calls.IsWaiting).ToList();
        if (ready.Count == 0)
        {
            _history.Note("wait");
            Advance(TimeSpan.FromMilliseconds(500));
            return;
        }

        switch (Decide(99, 40))
        {
            case 0:
                // Longer than a lease: whoever has one and is not done loses it.
                _history.Note("lease over");
                Advance(TimeSpan.FromSeconds(11));
                break;
            case 1 when _shards.Find(shard => shard.Current is not null) is { } shard:
                // Lambda does not receive the response and invokes again, while the first invocation continues.
                _history.Note("zombie");
                shard.Current = null;
                break;
            default:
                ready[Decide(0, ready.Count)].Calls.Continue(FaultyCalls.GetFate(Decide(99, 60)));
                break;
        }

        foreach (var process in _processes.Where(process => process.IsOver).ToList())
        {
            Finish(process);
        }
    }

    private void Advance(TimeSpan time)
    {
        if (time > SendingLease.Duration)
        {
            foreach (var process in _processes)
            {
                _history.Excuse(process.Calls);
            }
        }

        _time.Advance(time);
        foreach (var process in _processes.Where(process => process.IsOver).ToList())
        {
            Finish(process);
        }
    }

    private void Deliver(Shard shard)
    {
        var count = Math.Min(shard.Left, 1 + _random.Next(12));
        if (shard.IsRetry && count > 1 && _random.Next(2) == 0)
        {
            _history.Note("bisection");
            count /= 2;
        }

        var records = shard.Records.GetRange(shard.Position, count);
        var process = new Process(this, shard, records);
        _processes.Add(process);
        shard.Current = process;
        process.Start(_time);
    }

    private void Finish(Process process)
    {
        _ = _processes.Remove(process);
        if (process.Shard.Current != process)
        {
            return;
        }

        process.Shard.Current = null;
        process.Shard.Acknowledge(process);
    }

    private void Verify()
    {
        var records = _shards.SelectMany(shard => shard.Records).ToList();
        foreach (var match in records.SelectMany(record => record.Matches).Where(match => match.Rule == Single))
        {
            Assert.True(_history.Published.ContainsKey($"single:{match.Id}"), $"{match.Id} was not sent");
        }

        foreach (var (id, sent) in _history.Published)
        {
            Assert.True(sent.Distinct().Count() == 1, $"{id} was sent with different numbers: {string.Join(", ", sent)}");
            Assert.True(sent.Count == 1 || _history.Excused.Contains(id), $"{id} was sent {sent.Count} times");
            if (sent.Count > 1)
            {
                _history.Note("duplicate");
            }
        }

        foreach (var rule in (MatchRule[])[Cooled, Silent])
        {
            var all = records.SelectMany(record => record.Matches).Where(match => match.Rule == rule).ToList();
            var sent = all.Where(match => _history.Published.ContainsKey($"{rule.Name}:{match.Id}")).ToList();
            var reported = _history.Published.Where(alert => alert.Key.StartsWith(rule.Name + ":", StringComparison.Ordinal)).Sum(alert => alert.Value[0]);
            var left = Left(rule.Name);
            Assert.True(all.Count == sent.Count + reported + left, $"{rule.Name}: {all.Count} events, {sent.Count} sent, {reported} reported, {left} to be reported");
            Assert.Equal(all.Count > 0, sent.Count > 0);
            Assert.All(
                sent.GroupBy(match => match.Key).Where(_ => all.Select(match => match.Key).Distinct().Count() <= CooldownSlots.MaxKeys),
                key => Assert.All(
                    key.Select(match => match.ArrivalTime).Order().Zip(key.Select(match => match.ArrivalTime).Order().Skip(1)),
                    pair => Assert.True(pair.Second - pair.First >= rule.Cooldown!.Period, $"{rule.Name} of {key.Key} was sent at {pair.First} and {pair.Second}")));
            Seen["win"] = Seen.GetValueOrDefault("win") + sent.Count;
            Seen["held"] = Seen.GetValueOrDefault("held") + all.Count - sent.Count;
            Seen["reported"] = Seen.GetValueOrDefault("reported") + (int)reported;
        }
    }

    /// <summary>Held-back alerts that are not reported yet: in the gate and in the ledgers.</summary>
    private long Left(string rule)
    {
        if (!_table.Items.TryGetValue((AlertItems.GatePartition(rule), CooldownGate.SortKey), out var item))
        {
            return 0;
        }

        var gate = CooldownGate.Read(item, _time.GetUtcNow());
        if (gate.Keys.Any(key => key.Key == CooldownSlots.OtherKey))
        {
            _history.Note("other");
        }

        return gate.Keys.Sum(key => key.HeldBack) + _table.Items
            .Where(entry => entry.Key.Partition.StartsWith("alert|ledger|", StringComparison.Ordinal))
            .Select(entry => (Shard: entry.Key.Partition["alert|ledger|".Length..], Entry: LedgerEntry.Read(entry.Value)))
            .Where(entry => entry.Entry.Index > (gate.FoldedUpTo(entry.Shard) ?? 0))
            .Sum(entry => entry.Entry.HeldBack.GetValueOrDefault(rule)?.Values.Sum() ?? 0);
    }

    private sealed record SentRecord(int Number, IReadOnlyList<EventMatch> Matches);

    private sealed class Shard
    {
        public Shard(string id, Random random, int keys)
        {
            Id = id;
            var arrival = Some.Now.AddMinutes(-random.Next(10));
            var count = random.Next(60);
            for (var number = 0; number < count; number++)
            {
                arrival += random.Next(6) == 0 ? TimeSpan.FromSeconds(random.Next(120)) : TimeSpan.FromMilliseconds(random.Next(50));
                var key = random.Next(keys).ToString(CultureInfo.InvariantCulture);
                List<EventMatch> matches = [];
                Add(Single, random.Next(6) == 0);
                Add(Cooled, random.Next(3) > 0);
                Add(Silent, random.Next(4) == 0);
                Records.Add(new SentRecord(number, matches));

                void Add(MatchRule rule, bool isMatch)
                {
                    if (isMatch)
                    {
                        matches.Add(SomeAlerts.Match(rule, number, arrival, rule == Cooled ? key : null, id));
                    }
                }
            }
        }

        public string Id { get; }

        public List<SentRecord> Records { get; } = [];

        public int Position { get; private set; }

        public bool IsRetry { get; private set; }

        public Process? Current { get; set; }

        public int Left => Records.Count - Position;

        public bool IsDone => Left == 0;

        public void Acknowledge(Process process)
        {
            var done = process.Acknowledged;
            IsRetry = done < process.Records.Count;
            Position = Math.Max(Position, process.Records[0].Number + done);
        }
    }

    /// <summary>An invocation. Each of its calls waits until the world releases it.</summary>
    private sealed class Process(AlertWorld world, Shard shard, IReadOnlyList<SentRecord> records)
    {
        private Task<CommitResult>? _task;

        public Shard Shard => shard;

        public IReadOnlyList<SentRecord> Records => records;

        public FaultyCalls Calls { get; } = new(world._table, world._history);

        public bool IsOver => Calls.IsKilled || _task!.IsCompleted;

        /// <summary>The number of its records that need not be delivered again.</summary>
        public int Acknowledged =>
            Calls.IsKilled || _task!.IsFaulted || _task.IsCanceled ? 0
            : _task.Result.Lowest is { } lowest ? records.TakeWhile(record => SomeAlerts.Sequence(record.Number) < lowest).Count()
            : records.Count;

        public void Start(TimeProvider clock)
        {
            var sender = new EventAlertSender(Calls, Calls, null, clock);
            var batch = SomeAlerts.Batch([.. records.SelectMany(record => record.Matches)], records[0].Number, records[^1].Number, clock.GetUtcNow(), shard.Id);
            _task = sender.SendAsync(batch, CancellationToken.None);
            if (_task.IsCompleted)
            {
                world.Finish(this);
            }
        }
    }
}
