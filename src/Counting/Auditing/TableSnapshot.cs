using Amazon.DynamoDBv2.Model;
using Analytics.Counting.Keys;
using Analytics.Counting.RollingUp;
using Analytics.Counting.Storage;
using Analytics.Counting.Windows;

namespace Analytics.Counting.Auditing;

/// <summary>All windows of the table, each with the positions up to which it includes links, and the items that do not belong to counters.</summary>
/// <remarks>
/// A table cannot be read atomically. The plan is read first: it determines the content of windows of its generation or a lower one. A window of a later
/// generation was rolled up meanwhile and is read again with the later plan.
/// </remarks>
internal sealed class TableSnapshot
{
    private const int MaxAttempts = 20;

    private readonly List<(RollupPlan? Plan, bool IsBefore)> _cuts = [];

    /// <summary>The windows.</summary>
    public List<StoredWindow> Windows { get; } = [];

    public List<AuditFinding> Findings { get; } = [];

    /// <summary>The chains that have items, are listed, or are in the plan.</summary>
    public SortedSet<string> Chains { get; } = new(StringComparer.Ordinal);

    /// <summary>The event-time bounds that links and windows name.</summary>
    public HashSet<string> Bounds { get; } = new(StringComparer.Ordinal);

    /// <summary>The stored definitions' hashes.</summary>
    public List<string> Definitions { get; } = [];

    /// <summary>The plan that was read first, or null if there is none.</summary>
    public RollupPlan? Plan => _cuts[0].Plan;

    public int Cuts => _cuts.Count;

    /// <summary>The plan that a cut comes from.</summary>
    public RollupPlan? GetPlan(int cut) => _cuts[cut].Plan;

    /// <summary>The first cut by which a link is rolled up; null if it is in no window.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="end">The position after the link.</param>
    public int? GetCut(string chain, string end)
    {
        for (var index = 0; index < _cuts.Count; index++)
        {
            var (plan, isBefore) = _cuts[index];
            var progress = plan?.Shards.GetValueOrDefault(chain) ?? default;
            if ((isBefore ? progress.From : progress.To) is { } position && string.CompareOrdinal(end, position) <= 0)
            {
                return index;
            }
        }

        return null;
    }

    public static async Task<TableSnapshot> ReadAsync(
        ICounterTable table, IAsyncEnumerable<Dictionary<string, AttributeValue>> scan, CancellationToken cancellationToken)
    {
        var snapshot = new TableSnapshot();
        snapshot.AddCuts(await RollupPlan.ReadAsync(table, cancellationToken).ConfigureAwait(false));
        snapshot.Chains.UnionWith(snapshot.Plan?.Shards.Keys ?? []);
        var items = new Dictionary<WindowKey, List<Dictionary<string, AttributeValue>>>();
        var listed = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var item in scan.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            snapshot.Take(item, items, listed);
        }

        foreach (var chain in snapshot.Chains.Where(chain => !listed.Contains(chain)))
        {
            snapshot.Add($"Shard {chain} has a chain in the counters table but no item {CounterKeys.Shards}, {chain}, by which Rollup and readers find it.");
        }

        snapshot.Chains.UnionWith(listed);
        var moving = items.Where(window => !snapshot.TryAdd(window.Key, window.Value)).Select(window => window.Key).ToList();
        for (var attempt = 0; attempt < MaxAttempts && moving.Count > 0; attempt++)
        {
            snapshot.AddCuts(await RollupPlan.ReadAsync(table, cancellationToken).ConfigureAwait(false));
            var rest = new List<WindowKey>();
            foreach (var key in moving)
            {
                var again = new List<Dictionary<string, AttributeValue>>();
                await foreach (var item in table.QueryAsync(new KeyRange(key.Head.Partition, key.Head.Sort, key.Head.Sort + "~"), cancellationToken).ConfigureAwait(false))
                {
                    again.Add(item);
                }

                if (!snapshot.TryAdd(key, again))
                {
                    rest.Add(key);
                }
            }

            moving = rest;
        }

        moving.ForEach(key => snapshot.Add(
            $"The window {key.Head.Partition}, {key.Head.Sort} has a generation above that of the rollup's plan, or does not go with its pages."));
        return snapshot;
    }

    private void Take(
        Dictionary<string, AttributeValue> item, Dictionary<WindowKey, List<Dictionary<string, AttributeValue>>> windows, HashSet<string> listed)
    {
        var key = Attributes.GetKey(item);
        if (CounterKeys.TryReadWindow(key, out var window, out _))
        {
            if (!windows.TryGetValue(window, out var own))
            {
                windows.Add(window, own = []);
            }

            own.Add(item);
            Bounds.UnionWith(item.GetValueOrDefault("eventTimeBounds")?.SS ?? []);
        }
        else if (key.Partition.StartsWith(CounterKeys.GetChain(""), StringComparison.Ordinal))
        {
            _ = Chains.Add(key.Partition[CounterKeys.GetChain("").Length..]);
            if (item.GetValueOrDefault("eventTimeBounds")?.S is { } bounds)
            {
                _ = Bounds.Add(bounds);
            }
        }
        else if (key.Partition == CounterKeys.Shards)
        {
            _ = listed.Add(key.Sort);
        }
        else if (key.Partition == CounterKeys.Definitions)
        {
            Definitions.Add(key.Sort);
        }
        else if (key != CounterKeys.Plan && !key.Partition.StartsWith(CounterKeys.AlertsPrefix, StringComparison.Ordinal))
        {
            Add($"Item {key.Partition}, {key.Sort} of the counters table is not one that counting writes.");
        }
    }

    private void Add(string message) => Findings.Add(new AuditFinding(AuditSide.Counters, message));

    /// <summary>A plan that is not done has two sets of positions: windows of its generation are at its end, the others at its start.</summary>
    private void AddCuts(RollupPlan? plan)
    {
        if (plan is { IsDone: false })
        {
            _cuts.Add((plan, IsBefore: true));
        }

        _cuts.Add((plan, IsBefore: false));
    }

    /// <returns>False if the window has a later generation, or was being written.</returns>
    private bool TryAdd(WindowKey key, List<Dictionary<string, AttributeValue>> items)
    {
        try
        {
            if (!items.Exists(item => Attributes.GetKey(item) == key.Head))
            {
                // Pages come first: Rollup was stopped before it wrote the head, and will.
                return true;
            }

            if (WindowItems.Read(key, items) is not { } state || state.Generation > (_cuts[^1].Plan?.Generation ?? 0))
            {
                return false;
            }

            var cut = _cuts.Count - 1;
            var isBefore = _cuts[cut].Plan is { IsDone: false } plan && state.Generation < plan.Generation;
            Windows.Add(new StoredWindow(key, state, items, isBefore ? cut - 1 : cut));
            return true;
        }
        catch (CounterTableException exception)
        {
            Add(exception.Message);
            return true;
        }
    }
}
