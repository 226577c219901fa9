using System.Collections.Concurrent;
using Amazon.DynamoDBv2;
using Analytics.Counting.Chain;
using Analytics.Counting.Keys;
using Analytics.Counting.RollingUp;
using Analytics.Counting.Storage;
using Analytics.Counting.Windows;

namespace Analytics.Counting;

/// <summary>
/// Merges links that are not rolled up yet into windows: one item, or a few pages, for each counter and window, over all shards. It may be
/// stopped at any point, and run beside itself.
/// </summary>
/// <remarks>
/// A run fixes a generation by its plan: for each shard, the positions between which it takes links. The plan takes the place of the one before
/// only if that is done. Then each window that the links touch is put on condition that its generation is lower: so it takes each link once.
/// Then the plan is marked done. Whoever finds a plan that is not done carries it out, and writes the same, as all is decided by the plan.
/// </remarks>
public sealed class CounterRollup
{
    private readonly ICounterTable _table;
    private readonly TimeProvider _clock;
    private readonly RollupSettings _settings;
    private readonly ChainReader _chains;
    private readonly WindowReader _windows;
    private readonly StoredDefinitions _definitions;

    /// <summary>Creates a rollup.</summary>
    /// <param name="dynamoDb">The client.</param>
    /// <param name="table">The name of the counters table.</param>
    /// <param name="clock">Tells the time of planning.</param>
    /// <param name="batchingWindow">The batching window of the function Counters.</param>
    public CounterRollup(IAmazonDynamoDB dynamoDb, string table, TimeProvider clock, TimeSpan batchingWindow)
        : this(new DynamoCounterTable(dynamoDb, table), clock, RollupSettings.Default with { Idle = RollupSettings.Default.Idle + batchingWindow })
    {
    }

    internal CounterRollup(ICounterTable table, TimeProvider clock, RollupSettings settings, StoredDefinitions? definitions = null)
    {
        _table = table;
        _clock = clock;
        _settings = settings;
        _chains = new ChainReader(table);
        _windows = new WindowReader(table);
        _definitions = definitions ?? new StoredDefinitions(table);
    }

    /// <summary>Rolls up the links that exist when it starts, and possibly some later ones. The rest is left to the next run, because under a steady load there are always new links.</summary>
    /// <param name="cancellationToken">Stops the run; the next one continues.</param>
    /// <exception cref="CounterTableException">The content of the table is invalid.</exception>
    public async Task<RollupResult> RunAsync(CancellationToken cancellationToken)
    {
        var result = default(RollupResult);
        while (true)
        {
            var plan = await RollupPlan.ReadAsync(_table, cancellationToken).ConfigureAwait(false);
            var (links, isLast) = (new Dictionary<string, List<Link>>(StringComparer.Ordinal), false);
            if (plan is null or { IsDone: true })
            {
                (var next, links, isLast) = await CreatePlanAsync(plan, cancellationToken).ConfigureAwait(false);
                if (next is null)
                {
                    return result with { Through = plan?.Through };
                }

                var condition = plan is null ? PutCondition.Absent : PutCondition.DoneWith(plan.Generation);
                if (!await _table.TryPutAsync(next.ToItem(), condition, cancellationToken).ConfigureAwait(false))
                {
                    continue;
                }

                plan = next;
            }
            else
            {
                links = await ReadLinksAsync(plan, cancellationToken).ConfigureAwait(false);
            }

            result = await CarryOutAsync(plan, links, result, cancellationToken).ConfigureAwait(false);
            if (isLast)
            {
                return result;
            }
        }
    }

    /// <summary>
    /// Plans the next generation; returns null if there are no new links and no windows to mark complete. It is the run's last one unless it leaves links because of
    /// their size.
    /// </summary>
    private async Task<(RollupPlan? Plan, Dictionary<string, List<Link>> Links, bool IsLast)> CreatePlanAsync(RollupPlan? last, CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        var listed = await _chains.ReadShardsAsync(cancellationToken).ConfigureAwait(false);
        var shards = listed.Union(last?.Shards.Keys ?? [], StringComparer.Ordinal).ToList();
        var links = new ConcurrentDictionary<string, List<Link>>(StringComparer.Ordinal);
        var postponed = new ConcurrentDictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        var bytes = 0L;

        // Those that have waited longest come first, so that none is starved if a generation cannot hold all.
        await ForEachAsync(shards.OrderBy(GetKept).ThenBy(shardId => shardId, StringComparer.Ordinal), cancellationToken, async (shardId, token) =>
        {
            if (Interlocked.Read(ref bytes) >= _settings.MaxLinkBytes)
            {
                postponed[shardId] = GetKept(shardId);
                return;
            }

            var from = last?.GetPosition(shardId, last.Generation) ?? ShardPosition.Start.Key;
            await foreach (var link in _chains.ReadAsync(shardId, from, null, token).ConfigureAwait(false))
            {
                links.GetOrAdd(shardId, _ => []).Add(link);
                if (Interlocked.Add(ref bytes, link.Package.Length) >= _settings.MaxLinkBytes)
                {
                    break;
                }
            }
        }).ConfigureAwait(false);
        var progress = new ConcurrentDictionary<string, LinkRange>(StringComparer.Ordinal);
        var isNew = !links.IsEmpty;
        await ForEachAsync(shards, cancellationToken, async (shardId, token) =>
        {
            var from = last?.GetPosition(shardId, last.Generation) ?? ShardPosition.Start.Key;
            if (links.TryGetValue(shardId, out var own))
            {
                progress[shardId] = new LinkRange(from, own[^1].End.Key, own[^1].Written);
                return;
            }

            if (postponed.TryGetValue(shardId, out var kept))
            {
                progress[shardId] = new LinkRange(from, from, kept);
                return;
            }

            kept = last is not null && last.Shards.ContainsKey(shardId) ? GetKept(shardId) : now;
            if (now - kept >= _settings.LinkRetention / 2)
            {
                await KeepLastLinkAsync(shardId, now, token).ConfigureAwait(false);
                kept = now;
                isNew = true;
            }

            progress[shardId] = new LinkRange(from, from, kept);
        }).ConfigureAwait(false);
        var through = shards.Select(shardId => links.TryGetValue(shardId, out var own) ? own[^1].LastArrival : now - _settings.Idle)
            .DefaultIfEmpty(now - _settings.Idle).Min();
        through = !postponed.IsEmpty ? last?.Through ?? DateTimeOffset.UnixEpoch : through < last?.Through ? last.Through : through;
        var open = last?.Open ?? [];
        isNew |= open.Any(window => IsComplete(window, through));
        var plan = new RollupPlan { Generation = (last?.Generation ?? 0) + 1, Shards = progress, Through = through, Planned = now, Open = open };
        return (isNew ? plan : null, new Dictionary<string, List<Link>>(links, StringComparer.Ordinal), IsLast: bytes < _settings.MaxLinkBytes);

        DateTimeOffset GetKept(string shardId) =>
            last is not null && last.Shards.TryGetValue(shardId, out var before) ? before.Kept : DateTimeOffset.MinValue;
    }

    /// <summary>
    /// Puts the last link of an idle shard's chain again with a later expiry, so that a chain never loses its end: a shard may be idle for longer than
    /// links are kept. Links do not change, so whoever puts this one puts the same.
    /// </summary>
    private async Task KeepLastLinkAsync(string shardId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await _chains.ReadLastAsync(shardId, cancellationToken).ConfigureAwait(false) is { } link)
        {
            _ = await _table.TryPutAsync(link.ToItem(now + _settings.LinkRetention), PutCondition.None, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<Dictionary<string, List<Link>>> ReadLinksAsync(RollupPlan plan, CancellationToken cancellationToken)
    {
        var links = new ConcurrentDictionary<string, List<Link>>(StringComparer.Ordinal);
        await ForEachAsync(plan.Shards.Where(shard => shard.Value.From != shard.Value.To), cancellationToken, async (shard, token) =>
        {
            var own = links.GetOrAdd(shard.Key, _ => []);
            await foreach (var link in _chains.ReadAsync(shard.Key, shard.Value.From, shard.Value.To, token).ConfigureAwait(false))
            {
                own.Add(link);
            }
        }).ConfigureAwait(false);
        return new Dictionary<string, List<Link>>(links, StringComparer.Ordinal);
    }

    private async Task<RollupResult> CarryOutAsync(
        RollupPlan plan, Dictionary<string, List<Link>> links, RollupResult result, CancellationToken cancellationToken)
    {
        var increments = new Dictionary<WindowKey, Increment>();
        foreach (var link in links.OrderBy(shard => shard.Key, StringComparer.Ordinal).SelectMany(shard => shard.Value))
        {
            var set = await _definitions.GetAsync(link.Definitions, cancellationToken).ConfigureAwait(false);
            Increment.Add(increments, link, link.ReadCells(set));
        }

        var touched = increments.Keys.ToHashSet();
        foreach (var window in plan.Open.Where(window => IsComplete(window, plan.Through)))
        {
            if (CounterKeys.TryReadWindow(window, out var key, out _))
            {
                _ = touched.Add(key);
            }
        }

        var (windows, items) = (0, 0);
        await ForEachAsync(touched, cancellationToken, async (key, token) =>
        {
            var written = await WriteAsync(plan, key, increments.GetValueOrDefault(key), token).ConfigureAwait(false);
            _ = Interlocked.Add(ref items, written);
            _ = Interlocked.Add(ref windows, written > 0 ? 1 : 0);
        }).ConfigureAwait(false);

        var open = plan.Open.Concat(increments.Keys.Select(key => key.Head)).Distinct()
            .Where(window => !IsComplete(window, plan.Through))
            .OrderBy(window => window.Sort, StringComparer.Ordinal).ThenBy(window => window.Partition, StringComparer.Ordinal)
            .Take(_settings.MaxOpen);
        var done = plan with { IsDone = true, Open = [.. open] };
        _ = await _table.TryPutAsync(done.ToItem(), PutCondition.Planned(plan.Generation), cancellationToken).ConfigureAwait(false);
        return new RollupResult(
            result.Generations + 1, result.Links + links.Values.Sum(own => own.Count), result.Windows + windows, result.Items + items, plan.Through);
    }

    /// <summary>Writes a window unless the generation has written it before.</summary>
    /// <returns>The items written.</returns>
    private async Task<int> WriteAsync(RollupPlan plan, WindowKey key, Increment? increment, CancellationToken cancellationToken)
    {
        var stored = await _windows.ReadAsync(key, cancellationToken).ConfigureAwait(false);
        if (stored?.Generation >= plan.Generation || (stored is null && increment is null))
        {
            return 0;
        }

        var state = stored ?? new CounterWindowState(key, increment!.Counter!.Definition.Measure);
        foreach (var (value, tally) in increment?.Values ?? [])
        {
            state.Merge(value, tally, increment!.Counter!.Limit);
        }

        state.Bounds.UnionWith(increment?.Bounds ?? []);
        var expiry = increment?.Counter!.GetExpiry(key.Window, key.StartTicks, plan.Planned) ?? state.Expiry;
        expiry = expiry < state.Expiry ? state.Expiry : expiry;
        var items = WindowItems.Write(state, plan.Generation, plan.Through, increment?.Definitions ?? state.Definitions, expiry, _settings.MaxPageBytes);
        foreach (var item in items)
        {
            // One that is refused was put by another run of the same generation, or by a later one.
            _ = await _table.TryPutAsync(item, PutCondition.GenerationBelow(plan.Generation), cancellationToken).ConfigureAwait(false);
        }

        return items.Count;
    }

    private static bool IsComplete(ItemKey window, DateTimeOffset through) =>
        CounterKeys.TryReadWindow(window, out var key, out _) && key.End <= through;

    private Task ForEachAsync<T>(IEnumerable<T> source, CancellationToken cancellationToken, Func<T, CancellationToken, Task> action) =>
        Concurrently.ForEachAsync(source, _settings.MaxParallelCalls, cancellationToken, action);
}
