using System.Globalization;
using System.Runtime.CompilerServices;
using Amazon.DynamoDBv2.Model;
using Analytics.Alerting.Cooldowns;
using Analytics.Alerting.Messages;
using Analytics.Alerting.Publishing;
using Analytics.Alerting.Sending;
using Analytics.Alerting.Storage;
using Analytics.Events.Definitions;
using Analytics.Streaming;
using Analytics.Tables;

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
    private readonly FakeAlertTable _table = new();
    private readonly List<Shard> _shards = [];
    private readonly List<Process> _processes = [];
    private readonly Dictionary<string, List<long>> _published = new(StringComparer.Ordinal);
    private readonly HashSet<string> _excused = new(StringComparer.Ordinal);

    public AlertWorld(int seed, int[] decisions, int keys)
    {
        _random = new Random(seed);
        _decisions = new Queue<int>(decisions);
        for (var number = 0; number < Shards; number++)
        {
            _shards.Add(new Shard($"shardId-00000000000{number}", _random, keys));
        }
    }

    public Dictionary<string, int> Seen { get; } = new(StringComparer.Ordinal);

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

    private void Note(string what) => Seen[what] = Seen.GetValueOrDefault(what) + 1;

    private int Decide(int otherwise, int options) => _decisions.TryDequeue(out var decision) ? decision % options : otherwise;

    private void Step()
    {
        foreach (var shard in _shards.Where(shard => !shard.IsDone && shard.Current is null))
        {
            Deliver(shard);
        }

        var ready = _processes.Where(process => process.IsWaiting).ToList();
        if (ready.Count == 0)
        {
            Note("wait");
            Advance(TimeSpan.FromMilliseconds(500));
            return;
        }

        switch (Decide(99, 40))
        {
            case 0:
                // Longer than a lease, so that an unfinished holder loses it.
                Note("lease over");
                Advance(TimeSpan.FromSeconds(11));
                break;
            case 1 when _shards.Find(shard => shard.Current is not null) is { } shard:
                // Lambda does not receive the response and invokes again, while the first invocation continues.
                Note("zombie");
                shard.Current = null;
                break;
            default:
                ready[Decide(0, ready.Count)].Continue(Decide(99, 60) switch
                {
                    0 or 1 => Fate.KillBefore,
                    2 or 3 => Fate.KillAfter,
                    4 => Fate.Error,
                    5 or 6 => Fate.LostReply,
                    7 => Fate.RepeatedWrite,
                    _ => Fate.Made,
                });
                break;
        }

        foreach (var process in _processes.Where(process => process.IsOver).ToList())
        {
            Finish(process);
        }
    }

    private void Advance(TimeSpan time)
    {
        if (time > ShardLease.Duration)
        {
            foreach (var process in _processes)
            {
                _excused.UnionWith(process.Unmarked);
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
            Note("bisection");
            count /= 2;
        }

        var records = shard.Records.GetRange(shard.Position, count);
        var process = new Process(this, shard, records);
        _processes.Add(process);
        shard.Current = process;
        process.Start(_table, _time);
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
            Assert.True(_published.ContainsKey($"single:{match.Id}"), $"{match.Id} was not sent");
        }

        foreach (var (id, sent) in _published)
        {
            Assert.True(sent.Distinct().Count() == 1, $"{id} was sent with different numbers: {string.Join(", ", sent)}");
            Assert.True(sent.Count == 1 || _excused.Contains(id), $"{id} was sent {sent.Count} times");
            if (sent.Count > 1)
            {
                Note("duplicate");
            }
        }

        foreach (var rule in (MatchRule[])[Cooled, Silent])
        {
            var all = records.SelectMany(record => record.Matches).Where(match => match.Rule == rule).ToList();
            var sent = all.Where(match => _published.ContainsKey($"{rule.Name}:{match.Id}")).ToList();
            var reported = _published.Where(alert => alert.Key.StartsWith(rule.Name + ":", StringComparison.Ordinal)).Sum(alert => alert.Value[0]);
            var left = Left(rule.Name);
            Assert.True(all.Count == sent.Count + reported + left, $"{rule.Name}: {all.Count} events, {sent.Count} sent, {reported} reported, {left} to be reported");
            Assert.Equal(all.Count > 0, sent.Count > 0);
            Assert.All(
                sent.GroupBy(match => match.Key).Where(_ => all.Select(match => match.Key).Distinct().Count() <= CooldownGate.MaxKeys),
                key => Assert.All(
                    key.Select(match => match.ArrivalTime).Order().Zip(key.Select(match => match.ArrivalTime).Order().Skip(1)),
                    pair => Assert.True(pair.Second - pair.First >= rule.Cooldown!.Period, $"{rule.Name} of {key.Key} was sent at {pair.First} and {pair.Second}")));
            Seen["win"] = Seen.GetValueOrDefault("win") + sent.Count;
            Seen["held"] = Seen.GetValueOrDefault("held") + all.Count - sent.Count;
            Seen["reported"] = Seen.GetValueOrDefault("reported") + (int)reported;
        }
    }

    /// <summary>Suppressed alerts that are not reported yet: in the gate and in the ledgers.</summary>
    private long Left(string rule)
    {
        if (!_table.Items.TryGetValue((AlertItems.GatePartition(rule), CooldownGate.SortKey), out var item))
        {
            return 0;
        }

        var gate = CooldownGate.Read(item, _time.GetUtcNow());
        if (gate.Keys.Any(key => key.Key == CooldownGate.OtherKey))
        {
            Note("other");
        }

        return gate.Keys.Sum(key => key.HeldBack) + _table.Items
            .Where(entry => entry.Key.Partition.StartsWith("alert|ledger|", StringComparison.Ordinal))
            .Select(entry => (Shard: entry.Key.Partition["alert|ledger|".Length..], Entry: LedgerEntry.Read(entry.Value)))
            .Where(entry => entry.Entry.Index > (gate.FoldedUpTo(entry.Shard) ?? 0))
            .Sum(entry => entry.Entry.HeldBack.GetValueOrDefault(rule)?.Values.Sum() ?? 0);
    }

    private enum Fate
    {
        Made,
        KillBefore,
        KillAfter,
        Error,
        LostReply,
        RepeatedWrite,
    }

    private sealed record Record(int Number, IReadOnlyList<EventMatch> Matches);

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
                Records.Add(new Record(number, matches));

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

        public List<Record> Records { get; } = [];

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
    private sealed class Process(AlertWorld world, Shard shard, IReadOnlyList<Record> records) : IAlertTable, IAlertPublisher
    {
        private TaskCompletionSource<Fate>? _call;
        private Task<CommitResult>? _task;
        private FakeAlertTable _table = null!;
        private bool _isKilled;

        public Shard Shard => shard;

        public IReadOnlyList<Record> Records => records;

        /// <summary>Published alerts that are not marked.</summary>
        public HashSet<string> Unmarked { get; } = new(StringComparer.Ordinal);

        public bool IsWaiting => _call is not null;

        public bool IsOver => _isKilled || _task!.IsCompleted;

        /// <summary>The number of its records that need not be delivered again.</summary>
        public int Acknowledged =>
            _isKilled || _task!.IsFaulted || _task.IsCanceled ? 0
            : _task.Result.Lowest is { } lowest ? records.TakeWhile(record => SomeAlerts.Sequence(record.Number) < lowest).Count()
            : records.Count;

        public void Start(FakeAlertTable table, TimeProvider clock)
        {
            _table = table;
            var sender = new EventAlertSender(this, this, null, clock);
            var batch = SomeAlerts.Batch([.. records.SelectMany(record => record.Matches)], records[0].Number, records[^1].Number, clock.GetUtcNow(), shard.Id);
            _task = sender.SendAsync(batch, CancellationToken.None);
            if (_task.IsCompleted)
            {
                world.Finish(this);
            }
        }

        public void Continue(Fate fate)
        {
            var call = _call!;
            _call = null;
            call.SetResult(fate);
        }

        public async Task<(IReadOnlyCollection<Dictionary<string, AttributeValue>> Items, TableFailures Failures)> GetAsync(
            IReadOnlyList<Dictionary<string, AttributeValue>> keys, CancellationToken cancellationToken)
        {
            if (await FateAsync() is not Fate.Made)
            {
                return ([], new TableFailures([.. Enumerable.Range(0, keys.Count)], new IOException()));
            }

            return await _table.GetAsync(keys, cancellationToken);
        }

        public async IAsyncEnumerable<Dictionary<string, AttributeValue>> QueryAsync(
            string partition, string after, bool descending, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            if (await FateAsync() is not Fate.Made)
            {
                throw new IOException();
            }

            await foreach (var item in _table.QueryAsync(partition, after, descending, cancellationToken))
            {
                yield return item;
            }
        }

        public async Task<TableFailures> PutAsync(IReadOnlyList<Dictionary<string, AttributeValue>> items, CancellationToken cancellationToken)
        {
            var fate = await FateAsync();
            var failures = new TableFailures([.. Enumerable.Range(0, items.Count)], new IOException());
            if (fate == Fate.Error)
            {
                world._excused.UnionWith(Unmarked);
                Unmarked.Clear();
                return failures;
            }

            _ = await _table.PutAsync(items, cancellationToken);
            Unmarked.Clear();
            await DieIfAsync(fate == Fate.KillAfter);
            return fate == Fate.LostReply ? failures : TableFailures.None;
        }

        public async Task<bool> TryPutAsync(Dictionary<string, AttributeValue> item, long? version, CancellationToken cancellationToken)
        {
            var fate = await FateAsync();
            if (fate == Fate.Error)
            {
                throw new IOException();
            }

            var isWritten = await _table.TryPutAsync(item, version, cancellationToken);
            await DieIfAsync(fate == Fate.KillAfter);
            return fate switch
            {
                Fate.LostReply => throw new IOException(),
                // The SDK retries the call when it receives no response.
                Fate.RepeatedWrite => await _table.TryPutAsync(item, version, cancellationToken),
                _ => isWritten,
            };
        }

        public async Task<(IReadOnlyList<int> Failed, Exception? Cause)> PublishAsync(IReadOnlyList<AlertMessage> messages, CancellationToken cancellationToken)
        {
            var fate = await FateAsync();
            IReadOnlyList<int> all = [.. Enumerable.Range(0, messages.Count)];
            if (fate == Fate.Error || cancellationToken.IsCancellationRequested)
            {
                return (all, new IOException());
            }

            var ids = messages.Select(message => message.Id).ToList();
            foreach (var message in messages)
            {
                var json = message.ForMachines();
                if (!world._published.TryGetValue(message.Id, out var sent))
                {
                    world._published.Add(message.Id, sent = []);
                }

                sent.Add(json.TryGetProperty("held_back", out var held) ? held.GetInt64() : 0);
            }

            Unmarked.UnionWith(ids);
            await DieIfAsync(fate == Fate.KillAfter);
            if (fate == Fate.LostReply)
            {
                world._excused.UnionWith(ids);
                Unmarked.Clear();
                return (all, new IOException());
            }

            return ([], null);
        }

        private async Task<Fate> FateAsync()
        {
            // Continuations run where the call continues, so that the world has one thread.
            _call = new TaskCompletionSource<Fate>();
            var fate = await _call.Task;
            world.Note(fate switch
            {
                Fate.KillBefore => "kill before",
                Fate.KillAfter => "kill after",
                Fate.Error => "error",
                Fate.LostReply => "lost reply",
                Fate.RepeatedWrite => "repeated write",
                _ => "call",
            });
            await DieIfAsync(fate == Fate.KillBefore);
            return fate;
        }

        private Task DieIfAsync(bool isKilled)
        {
            if (!isKilled)
            {
                return Task.CompletedTask;
            }

            _isKilled = true;
            world._excused.UnionWith(Unmarked);
            return new TaskCompletionSource().Task;
        }
    }
}
