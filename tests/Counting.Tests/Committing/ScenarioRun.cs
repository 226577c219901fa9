using Analytics.Streaming;

namespace Analytics.Counting.Tests.Committing;

/// <summary>
/// Delivers a scenario's shards as Lambda does: batches of one shard in order, whole, split or regrouped, again after a failure, and sometimes again after
/// success; by one of two environments that are alive at once, each replaced when it ends. Children start when their parent is read.
/// </summary>
internal sealed class ScenarioRun
{
    public const int Shards = 4;

    /// <summary>Two environments, so that allowances come to half of limits as small as these.</summary>
    public static readonly AllowanceRule Allowances = new(Environments: 2, LeastLimit: 4);

    private const int MaxDeliveries = 2000;
    private static readonly int[] Parents = [-1, -1, 0, 0];

    private readonly CounterPlan _plan;
    private readonly FakeCounterTable _table;
    private readonly FakeClock _clock = new();
    private readonly CounterCommitter?[] _environments = new CounterCommitter?[2];
    private readonly StreamRecord[][] _shards;
    private readonly int[] _positions = new int[Shards];
    private readonly Numbers _deliveries;
    private readonly Numbers _faults;

    public ScenarioRun(CounterPlan plan, FakeCounterTable table, ScenarioEvent[] events, Scenario scenario)
    {
        _plan = plan;
        _table = table;
        _deliveries = new Numbers(scenario.Deliveries);
        _faults = new Numbers(scenario.Faults);
        _shards =
        [
            .. Enumerable.Range(0, Shards).Select(shard => events
                .Where(@event => @event.Shard == shard)
                .Select(@event => Some.Record(ShardId(shard), @event.Number, @event.Json, @event.Arrival))
                .ToArray()),
        ];
    }

    public static string ShardId(int shard) => $"shardId-00000000000{shard}";

    public async Task RunAsync()
    {
        for (var delivery = 0; Ready() is { Length: > 0 } ready; delivery++)
        {
            if (delivery > MaxDeliveries)
            {
                throw new InvalidOperationException("The shards are never read to their ends.");
            }

            await DeliverAsync(ready[_deliveries.Next(ready.Length)]);
        }
    }

    private int[] Ready() =>
    [
        .. Enumerable.Range(0, Shards).Where(shard =>
            _positions[shard] < _shards[shard].Length
            && (Parents[shard] < 0 || _positions[Parents[shard]] == _shards[Parents[shard]].Length)),
    ];

    private async Task DeliverAsync(int shard)
    {
        var from = _positions[shard];
        var records = _shards[shard].Skip(from).Take(1 + _deliveries.Next(12, otherwise: 11)).ToArray();
        var index = _deliveries.Next(_environments.Length);
        var environment = _environments[index] ??= new CounterCommitter(
            _plan, _table.For(() => (Fault)Math.Max(0, _faults.Next(20) - 14), () => _environments[index] = null), _clock);
        var commit = await environment.CommitAsync(Some.Fold(_plan, records), CancellationToken.None);
        var lowest = commit.Result.Lowest;
        if (_environments[index] != environment)
        {
            return;
        }

        _positions[shard] = lowest is null
            ? from + records.Length
            : from + Array.FindIndex(records, record => record.SequenceNumber == lowest);
        if (_deliveries.Next(8) == 7)
        {
            _positions[shard] = Math.Max(0, _positions[shard] - _deliveries.Next(20));
        }

        if (_deliveries.Next(10) == 9)
        {
            _environments[index] = null;
        }

        _clock.Now = _clock.Now.AddMinutes(_deliveries.Next(3));
    }

    /// <summary>Numbers one after the other; then zeros, or what is asked for.</summary>
    private sealed class Numbers(int[] numbers)
    {
        private int _index;

        public int Next(int count, int otherwise = 0) => _index < numbers.Length ? numbers[_index++] % count : otherwise;
    }
}
