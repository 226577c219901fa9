using System.Runtime.CompilerServices;
using System.Text;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Analytics.Counting.Chain;
using Analytics.Counting.Keys;
using Analytics.Counting.Reading;
using Analytics.Counting.RollingUp;
using Analytics.Counting.Storage;
using Analytics.Counting.Windows;
using Analytics.Events.Definitions;

namespace Analytics.Counting;

/// <summary>
/// Reads counters: windows, and the links that are not rolled up yet. A record is readable when the function has responded. At any moment,
/// the result includes a prefix of each shard's records. A reader that is used again reads only new items. Not thread-safe.
/// </summary>
/// <remarks>
/// The plan is read first, windows next, links last. A window of the plan's generation, or any one when that generation is done, holds the links
/// up to the positions that the plan reaches; one of a generation below holds those up to the positions that it begins at. Where a window is of a
/// later generation than the plan, the plan is read again.
/// </remarks>
public sealed class CounterReader
{
    private const int MaxAttempts = 20;

    private readonly ICounterTable _table;
    private readonly Func<CancellationToken, IAsyncEnumerable<Dictionary<string, AttributeValue>>>? _scan;
    private readonly ChainReader _chains;
    private readonly WindowReader _windows;
    private readonly StoredDefinitions _definitions;
    private readonly WindowCache _cache = new();
    private readonly SortedDictionary<string, ShardTail> _tails = new(StringComparer.Ordinal);

    /// <summary>Creates a reader.</summary>
    /// <param name="dynamoDb">The client.</param>
    /// <param name="table">The name of the counters table.</param>
    public CounterReader(IAmazonDynamoDB dynamoDb, string table)
        : this(new DynamoCounterTable(dynamoDb, table), cancellationToken => DynamoCounterTable.ScanAsync(dynamoDb, table, cancellationToken))
    {
    }

    internal CounterReader(
        ICounterTable table, Func<CancellationToken, IAsyncEnumerable<Dictionary<string, AttributeValue>>>? scan, StoredDefinitions? definitions = null)
    {
        _table = table;
        _scan = scan;
        _chains = new ChainReader(table);
        _windows = new WindowReader(table);
        _definitions = definitions ?? new StoredDefinitions(table);
    }

    /// <summary>Reads some windows of one counter; by start, definition and key.</summary>
    /// <exception cref="CounterTableException">The content of the table is invalid.</exception>
    public async IAsyncEnumerable<CounterValue> QueryAsync(CounterQuery query, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        var keys = query.Values?.Select(Encode).ToHashSet(StringComparer.Ordinal);
        var first = query.Window.GetStart(query.From.UtcTicks);
        var last = query.Window.GetStart(query.To.UtcTicks - 1);
        var values = await ReadAsync(
            async () => await _cache.GetAsync(_windows, query.Counter, query.Window, first, last, cancellationToken).ConfigureAwait(false),
            key => key.Counter == query.Counter && key.Window == query.Window && key.StartTicks >= first && key.StartTicks <= last,
            cancellationToken).ConfigureAwait(false);
        foreach (var value in values.Where(value => keys?.Contains(value.Key) != false))
        {
            yield return value;
        }
    }

    /// <summary>Reads all windows, by a scan of the table; by counter, window, start, definition and key.</summary>
    /// <exception cref="CounterTableException">The content of the table is invalid.</exception>
    public async Task<IReadOnlyList<CounterValue>> ScanAsync(CancellationToken cancellationToken = default)
    {
        var scan = _scan ?? throw new InvalidOperationException("The reader was created for queries only.");
        return await ReadAsync(
            async () =>
            {
                var items = new List<Dictionary<string, AttributeValue>>();
                await foreach (var item in scan(cancellationToken).ConfigureAwait(false))
                {
                    items.Add(item);
                }

                return WindowReader.Assemble(items);
            },
            _ => true,
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads the arrival time up to which the records of all shards are counted.</summary>
    /// <param name="idleSince">The arrival time up to which a shard without unrolled links counts as having no records.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The time, or null if no shard has been counted.</returns>
    /// <exception cref="CounterTableException">The content of the table is invalid.</exception>
    internal async Task<DateTimeOffset?> ReadCountedUpToAsync(DateTimeOffset idleSince, CancellationToken cancellationToken)
    {
        var plan = await RollupPlan.ReadAsync(_table, cancellationToken).ConfigureAwait(false);
        await AdvanceAsync(plan, cancellationToken).ConfigureAwait(false);
        await ReadLinksAsync(cancellationToken).ConfigureAwait(false);
        return _tails.Count == 0 ? null : _tails.Values.Min(GetCountedUpTo);

        DateTimeOffset GetCountedUpTo(ShardTail tail)
        {
            var time = tail.LastArrival ?? idleSince;
            return plan is not null && plan.Through > time ? plan.Through : time;
        }
    }

    private async Task<List<CounterValue>> ReadAsync(
        Func<Task<List<CounterWindowState>?>> readWindowsAsync, Func<WindowKey, bool> isWanted, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var plan = await RollupPlan.ReadAsync(_table, cancellationToken).ConfigureAwait(false);
            await AdvanceAsync(plan, cancellationToken).ConfigureAwait(false);
            var windows = await readWindowsAsync().ConfigureAwait(false);
            if (windows is null || windows.Exists(window => window.Generation > (plan?.Generation ?? 0)))
            {
                _cache.Clear();
                continue;
            }

            await ReadLinksAsync(cancellationToken).ConfigureAwait(false);
            return Merge(plan, windows, isWanted);
        }

        throw new CounterTableException("The counters table was rolled up faster than it could be read. Try again.");
    }

    /// <summary>Removes links that all windows include, and the cached content of these windows.</summary>
    private async Task AdvanceAsync(RollupPlan? plan, CancellationToken cancellationToken)
    {
        foreach (var shardId in await _chains.ReadShardsAsync(cancellationToken).ConfigureAwait(false))
        {
            var position = plan?.GetPosition(shardId, windowGeneration: 0) ?? ShardPosition.Start.Key;
            if (!_tails.TryGetValue(shardId, out var tail))
            {
                _tails.Add(shardId, new ShardTail(position));
                if (position != ShardPosition.Start.Key)
                {
                    _cache.Clear();
                }
            }
            else if (tail.AdvanceTo(position) is { } removed)
            {
                _cache.Invalidate(removed);
            }
            else
            {
                _tails[shardId] = new ShardTail(position);
                _cache.Clear();
            }
        }
    }

    private async Task ReadLinksAsync(CancellationToken cancellationToken)
    {
        foreach (var (shardId, tail) in _tails)
        {
            await foreach (var link in _chains.ReadAsync(shardId, tail.End, null, cancellationToken).ConfigureAwait(false))
            {
                var set = await _definitions.GetAsync(link.Definitions, cancellationToken).ConfigureAwait(false);
                tail.Add(link, link.ReadCells(set));
            }
        }
    }

    private List<CounterValue> Merge(RollupPlan? plan, List<CounterWindowState> windows, Func<WindowKey, bool> isWanted)
    {
        var stored = windows.Where(window => isWanted(window.Key)).ToDictionary(window => window.Key);
        var current = new Dictionary<WindowKey, CounterWindowState>();
        foreach (var (shardId, tail) in _tails)
        {
            foreach (var (link, cells) in tail.Links)
            {
                foreach (var cell in cells)
                {
                    foreach (var window in cell.Counter.Windows)
                    {
                        var key = new WindowKey(cell.Counter.Definition.Name, window, window.GetStart(cell.StartTicks), cell.Counter.Hash);
                        if (!isWanted(key))
                        {
                            continue;
                        }

                        var there = stored.GetValueOrDefault(key);
                        if (plan is not null && string.CompareOrdinal(link.From, plan.GetPosition(shardId, there?.Generation ?? 0)) < 0)
                        {
                            continue;
                        }

                        if (!current.TryGetValue(key, out var state))
                        {
                            current.Add(key, state = there?.Copy() ?? new CounterWindowState(key, cell.Counter.Definition.Measure));
                        }

                        state.Merge(cell.Value, cell.Tally, cell.Counter.Limit);
                    }
                }
            }
        }

        var values = stored.Keys.Union(current.Keys)
            .Select(key => current.GetValueOrDefault(key) ?? stored[key])
            .SelectMany(state => state.Values.Select(value => CounterValue.Create(state.Key, value.Key, value.Value, state.Measure, state.IsComplete)))
            .ToList();
        values.Sort(CounterValueOrder.Instance);
        return values;
    }

    private static string Encode(IReadOnlyList<string?> values) => values switch
    {
        [] => ValueText.All,
        [var only] => EncodePart(only),
        [var first, var second] => ValueText.Join(EncodePart(first), EncodePart(second)),
        _ => throw new ArgumentException($"A counter is kept by at most {CounterDefinition.MaxBy} fields.", nameof(values)),
    };

    private static string EncodePart(string? text)
    {
        if (text is null)
        {
            return ValueText.None;
        }

        var utf8 = Encoding.UTF8.GetBytes(text);
        if (utf8.Length <= ValueText.MaxPartBytes)
        {
            return ValueText.EncodePart(utf8);
        }

        Span<byte> hash = stackalloc byte[ValueText.HashBytes];
        ValueText.ComputeHash(utf8, hash);
        return ValueText.EncodePart(utf8.AsSpan(0, ValueText.MaxPartBytes), hash);
    }
}
