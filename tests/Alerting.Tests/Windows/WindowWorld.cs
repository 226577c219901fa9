using System.Globalization;
using Amazon.DynamoDBv2.Model;
using Analytics.Alerting.Sending;
using Analytics.Alerting.Storage;
using Analytics.Alerting.Tests.Sending;
using Analytics.Alerting.Windows;
using Analytics.Counting;
using Analytics.Events.Definitions;

namespace Analytics.Alerting.Tests.Windows;

/// <summary>
/// Minutes of a shop and the runs of Anomalies: some are missed, several are concurrent, one call at a time. Decisions select the run that continues and the outcome of its call. When there
/// are no more decisions, everything succeeds. The rules have learned a day before.
/// </summary>
internal sealed class WindowWorld
{
    private const int Learned = 24 * 60;
    private const int Minutes = 20;

    private static readonly Definitions Rules = WindowShop.CreateDefinitions(
        WindowShop.Threshold(""" "counter":"errors","when":{"above":70} """, "plain"),
        WindowShop.Threshold(""" "counter":"errors","per":"value","when":{"above":15},"cooldown":{"period":"3m"} """, "cooled"),
        WindowShop.Threshold(""" "counter":"errors","when":{"at_least":40},"cooldown":{"period":"10m"} """, "silent"),
        WindowShop.Threshold(""" "counter":"errors","share_of":"events","when":{"above":0.06} """, "share"),
        WindowShop.Anomaly(""" "counter":"events","sensitivity":"high" """, "odd"),
        WindowShop.Anomaly(""" "counter":"events","per":"value","sensitivity":"high","cooldown":{"period":"2m"} """, "each"));

    private static readonly Lazy<Task<FakeAlertTable>> Trained = new(TrainAsync);

    private readonly Random _random;
    private readonly Queue<int> _decisions;
    private readonly bool _isLate;
    private readonly FakeTime _time = new(WindowShop.Minute(Learned));
    private readonly FakeAlertTable _table;
    private readonly FakeWindows _windows = new();
    private readonly SentHistory _history = new();
    private readonly List<Process> _processes = [];
    private readonly Dictionary<string, DateTimeOffset> _next = new(StringComparer.Ordinal);
    private readonly HashSet<string> _decided = new(StringComparer.Ordinal);
    private readonly List<string> _wentBack = [];
    private int _minute = Learned;
    private bool _isSettled;

    /// <param name="seed">Makes the values.</param>
    /// <param name="decisions">What happens.</param>
    /// <param name="codes">How many error codes there are.</param>
    /// <param name="isLate">Whether events arrive after their window is closed.</param>
    /// <param name="table">The table, possibly without parts of the protocol to show that tests then fail.</param>
    public WindowWorld(int seed, int[] decisions, int codes, bool isLate, FakeAlertTable? table = null)
    {
        _random = new Random(seed);
        _decisions = new Queue<int>(decisions);
        _isLate = isLate;
        _table = table ?? new FakeAlertTable();
        foreach (var (key, item) in Trained.Value.Result.Items)
        {
            _table.Items.Add(key, item);
        }

        _table.Written = item => Written(item);
        for (var minute = 0; minute < Minutes; minute++)
        {
            AddMinute(_windows, _random, Learned + minute, codes, _random.Next(6) switch { 0 => 8, 1 => 0, _ => 1 });
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
            for (var steps = 0; !_isSettled; steps++)
            {
                Assert.True(steps < 20_000, "it does not come to an end");
                Step();
            }
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }

        Verify();
    }

    private static async Task<FakeAlertTable> TrainAsync()
    {
        var shop = new WindowShop { Rules = Rules };
        var random = new Random(1);
        for (var minute = 0; minute < Learned; minute++)
        {
            AddMinute(shop.Windows, random, minute, 3, 0);
        }

        await shop.RunAfterAsync(1);
        await shop.RunAfterAsync(Learned);
        return shop.Table;
    }

    private static void AddMinute(FakeWindows windows, Random random, int minute, int codes, int factor)
    {
        var start = WindowShop.Minute(minute);
        foreach (var type in (string[])["page_view", "click"])
        {
            windows.Add("events", start, Math.Max(0, 500 + random.Next(-40, 40) - (factor == 8 ? 450 : 0)), type);
        }

        for (var code = 0; code < codes; code++)
        {
            if (random.Next(3) > 0)
            {
                windows.Add("errors", start, (1 + random.Next(6)) * factor, code.ToString(CultureInfo.InvariantCulture));
            }
        }
    }

    private int Decide(int otherwise, int options) => _decisions.TryDequeue(out var decision) ? decision % options : otherwise;

    private void Step()
    {
        var ready = _processes.Where(process => process.Calls.IsWaiting).ToList();
        if (_processes.Count == 0)
        {
            BeginMinute();
        }
        else if (ready.Count == 0)
        {
            // For the lease.
            Advance(TimeSpan.FromMilliseconds(500));
        }
        else
        {
            switch (Decide(99, 50))
            {
                case 0:
                    _history.Note("lease over");
                    Advance(TimeSpan.FromSeconds(11));
                    break;
                case 1 when _processes.Count < 3:
                    _history.Note("second run");
                    Start();
                    break;
                case 2 when _minute < Learned + Minutes:
                    // A run that is overtaken by the next minute's.
                    _history.Note("overtaken");
                    BeginMinute();
                    break;
                default:
                    ready[Decide(0, ready.Count)].Calls.Continue(FaultyCalls.GetFate(Decide(99, 90)));
                    break;
            }
        }

        _ = _processes.RemoveAll(process => process.IsOver);
    }

    private void BeginMinute()
    {
        if (_minute == Learned + Minutes && !_table.Items.Values.Any(HasPending) && _table.Items.Where(IsState).All(item => GetNext(item.Value) == WindowShop.Minute(_minute)))
        {
            _isSettled = true;
            return;
        }

        _minute = Math.Min(_minute + 1, Learned + Minutes);
        _windows.ClosedUpTo = WindowShop.Minute(_minute);
        Advance(TimeSpan.FromMinutes(1));
        if (_isLate && _random.Next(2) == 0)
        {
            _windows.Add("errors", WindowShop.Minute(_minute - 1 - _random.Next(3)), 1 + _random.Next(50), "late");
        }

        switch (Decide(9, 10))
        {
            case 0 or 1:
                _history.Note("missed run");
                break;
            case 2 or 3 or 4:
                _history.Note("two runs");
                Start();
                Start();
                break;
            default:
                Start();
                break;
        }
    }

    private void Start()
    {
        var process = new Process(_table, _history);
        _processes.Add(process);
        process.Start(_windows, _time);
    }

    private void Advance(TimeSpan time)
    {
        if (time > SendingLease.Duration)
        {
            _processes.ForEach(process => _history.Excuse(process.Calls));
        }

        _time.Advance(time);
    }

    /// <summary>Observes the decisions: windows in order, and alerts to send.</summary>
    private void Written(Dictionary<string, AttributeValue> item)
    {
        var rule = item[AlertItems.Partition].S;
        if (!rule.StartsWith("alert|window|", StringComparison.Ordinal))
        {
            return;
        }

        if (GetNext(item) < _next.GetValueOrDefault(rule))
        {
            _wentBack.Add(rule);
        }

        _next[rule] = GetNext(item);
        _decided.UnionWith(AlertItems.Maps(item["pending"]).Select(alert => alert["id"].S));
    }

    private void Verify()
    {
        Assert.Empty(_wentBack);
        Assert.Equal(_decided.Order(), _history.Published.Keys.Order());
        foreach (var (id, sent) in _history.Published)
        {
            Assert.True(sent.Distinct().Count() == 1, $"{id} was sent with different numbers: {string.Join(", ", sent)}");
            Assert.True(sent.Count == 1 || _history.Excused.Contains(id), $"{id} was sent {sent.Count} times");
            _history.Note(id[..id.IndexOf(':', StringComparison.Ordinal)]);
            if (sent.Count > 1)
            {
                _history.Note("duplicate");
            }

            if (sent[0] > 0)
            {
                _history.Note("held back");
            }
        }

        if (!_isLate)
        {
            VerifyAgainstAnUndisturbedRun();
        }
    }

    private void VerifyAgainstAnUndisturbedRun()
    {
        var shop = new WindowShop { Rules = Rules };
        foreach (var (key, item) in Trained.Value.Result.Items)
        {
            shop.Table.Items.Add(key, item);
        }

        foreach (var value in Enumerable.Range(Learned, Minutes).SelectMany(minute => _windows.Get(WindowShop.Minute(minute))))
        {
            shop.Windows.Add(value);
        }

        shop.RunAfterAsync(_minute).GetAwaiter().GetResult();
        Assert.Equal(
            shop.Published.Select(alert => (alert.Id, alert.ForMachines().TryGetProperty("held_back", out var held) ? held.GetInt64() : 0)).Order(),
            _history.Published.Select(alert => (alert.Key, alert.Value[0])).Order());
        foreach (var rule in Rules.Alerts)
        {
            var (expected, actual) = (shop.GetState(rule.Name), WindowRuleState.Read(_table.Items[($"alert|window|{rule.Name}", "state")], null, _time.GetUtcNow()));
            Assert.Equal(expected.Next, actual.Next);
            Assert.Equal(expected.Series.Keys, actual.Series.Keys);
            Assert.All(expected.Series, series => Assert.Equal(series.Value.Detector.Save(), actual.Series[series.Key].Detector.Save()));
            Assert.All(expected.Series, series => Assert.Equal(series.Value.Latest.Points, actual.Series[series.Key].Latest.Points));
            Assert.Equal(
                expected.Cooldowns.Keys.Select(key => (key.Key, key.Value.HeldBack, key.Value.ClosedUntil, key.Value.LastAlert)),
                actual.Cooldowns.Keys.Select(key => (key.Key, key.Value.HeldBack, key.Value.ClosedUntil, key.Value.LastAlert)));
        }
    }

    private static bool IsState(KeyValuePair<(string Partition, string Sort), Dictionary<string, AttributeValue>> item) =>
        item.Key.Partition.StartsWith("alert|window|", StringComparison.Ordinal);

    private static bool HasPending(Dictionary<string, AttributeValue> item) => item.TryGetValue("pending", out var pending) && AlertItems.Maps(pending).Any();

    private static DateTimeOffset GetNext(Dictionary<string, AttributeValue> item) => AlertItems.OptionalTime(item, "next") ?? default;

    /// <summary>A run. Each of its calls waits until the world releases it.</summary>
    private sealed class Process(FakeAlertTable table, SentHistory history) : IClosedWindows
    {
        private FakeWindows? _windows;
        private Task? _task;

        public FaultyCalls Calls { get; } = new(table, history);

        public bool IsOver => Calls.IsKilled || _task!.IsCompleted;

        public void Start(FakeWindows windows, TimeProvider time)
        {
            _windows = windows;
            _task = new WindowRuleRunner(Rules, this, Calls, Calls, null, time).RunAsync(_ => { }, CancellationToken.None);
        }

        public async Task<DateTimeOffset?> ReadClosedUpToAsync(DateTimeOffset now, CancellationToken cancellationToken)
        {
            await Calls.ReadAsync();
            return await _windows!.ReadClosedUpToAsync(now, cancellationToken);
        }

        public async Task<IReadOnlyList<CounterValue>> ReadAsync(
            string counter, CounterWindow window, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
        {
            await Calls.ReadAsync();
            return await _windows!.ReadAsync(counter, window, from, to, cancellationToken);
        }

        public string GetDefinition(string counter) => "0123456789abcdef";
    }
}
