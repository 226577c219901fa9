using Analytics.Counting.Folding;
using Analytics.Counting.Keys;
using Analytics.Counting.Partials;

namespace Analytics.Counting.Committing;

/// <summary>
/// Decides which values of a counter's window get partials of their own, so that there are never more than its limit, and which count as
/// <see cref="ValueText.Other"/>.
/// </summary>
/// <remarks>
/// Exactness needs no more than that a record's value is decided the same way each time that the record is delivered, in whatever environment,
/// once a partial has been written for either outcome. So:
/// <list type="number">
/// <item>A value of a shard is turned away only when the shard is closed: its list of the values that it already has is in the table, no environment admits on its own
/// for it (each looks for that list first), and the shared list is full. The first never changes, and neither does a full list. So nothing that was
/// turned away has a partial or gets one.</item>
/// <item>A value that was admitted has a partial, and then is in the shard's list when it is closed, or is in the shared list. So it stays admitted.</item>
/// </list>
/// An environment admits <see cref="PlannedCounter.Allowance"/> values of a window on its own, without a write, if it is certain to be one of
/// the first: it started before the window's events could arrive, or found the window without partials. Environments that are alive at once are no more than shards, so up to 16
/// shards all allowances and the shared list together hold no more than the limit. It relies on one thing beyond the conditions of its writes: a write that an attempt left
/// unanswered takes effect before the next delivery of its batch is written, or never.
/// </remarks>
internal sealed class ValueAdmission(CounterPlan plan, ICounterTable table, TimeProvider clock)
{
    /// <summary>Values in a part of the shared list: an addition is billed by the part's size, 9 bytes a value.</summary>
    public const int PartCapacity = 625;

    /// <summary>Values of other shards that a shard's list takes along, so that they need no place in the shared list.</summary>
    private const int MostOfOtherShards = PartCapacity;

    /// <summary>The fingerprints kept in memory, 30 bytes or so each.</summary>
    private const int MaxSize = 500_000;

    private const int MaxParallelCalls = 16;

    private readonly Dictionary<GroupKey, AdmittedValues> _groups = [];
    private DateTimeOffset _started = clock.GetUtcNow();
    private long _batches;

    /// <summary>Decides about the cells of a batch.</summary>
    /// <returns>The cells that are turned away. What could not be decided is in <paramref name="failures"/>.</returns>
    public async Task<HashSet<Cell>> TurnAwayAsync(
        IEnumerable<Cell> cells, string shardId, DateTimeOffset now, CommitFailures failures, CancellationToken cancellationToken)
    {
        _batches++;
        var undecided = new List<Undecided>();
        foreach (var group in cells.GroupBy(cell => new GroupKey(cell.Value.Counter, cell.Window, cell.StartTicks)))
        {
            var known = Known(group.Key);
            var unknown = group
                .Select(cell => (Cell: cell, cell.Value.Fingerprint))
                .Where(value => !known.Contains(shardId, value.Fingerprint))
                .ToList();
            if (unknown.Count > 0)
            {
                unknown.Sort((left, right) => left.Cell.First.CompareTo(right.Cell.First));
                undecided.Add(new Undecided(group.Key, plan.Counters[group.Key.Counter], known, shardId, unknown, now));
            }
        }

        if (undecided.Count > 0)
        {
            await ReadListsAsync(undecided, failures, cancellationToken).ConfigureAwait(false);
            await Parallel.ForEachAsync(
                undecided.Where(group => !group.IsFailed),
                new ParallelOptions { MaxDegreeOfParallelism = MaxParallelCalls },
                async (group, _) => await failures.CatchAsync(group.Cells, () => DecideAsync(group, cancellationToken)).ConfigureAwait(false))
                .ConfigureAwait(false);
            Forget();
        }

        return [.. undecided.SelectMany(group => group.TurnedAway)];
    }

    /// <summary>Takes note that a cell's partial is in the table.</summary>
    public void Confirm(Cell cell, string shardId)
    {
        var shard = Known(new GroupKey(cell.Value.Counter, cell.Window, cell.StartTicks)).Of(shardId);
        if (!shard.IsClosed)
        {
            _ = shard.Values.Add(cell.Value.Fingerprint);
        }
    }

    private async Task ReadListsAsync(List<Undecided> groups, CommitFailures failures, CancellationToken cancellationToken)
    {
        var open = groups.Where(group => group.Counter.Allowance > 0 && !group.Shard.IsClosed).ToDictionary(group => group.ShardList);
        if (open.Count == 0)
        {
            return;
        }

        var isRead = await failures.CatchAsync(open.Values.SelectMany(group => group.Cells), async () =>
        {
            foreach (var (list, values) in await table.ReadValuesAsync(open.Keys, cancellationToken).ConfigureAwait(false))
            {
                Close(open[list].Shard, values);
            }
        }).ConfigureAwait(false);
        foreach (var group in open.Values)
        {
            group.IsFailed = !isRead;
        }
    }

    private async Task DecideAsync(Undecided group, CancellationToken cancellationToken)
    {
        if (group.Counter.Allowance > 0 && !group.Shard.IsClosed && await AdmitOnItsOwnAsync(group, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        var left = group.Unknown.Where(value => !group.Known.Contains(group.ShardId, value.Fingerprint)).ToList();
        left = await ShareAsync(group, left, cancellationToken).ConfigureAwait(false);
        group.TurnedAway = [.. left.Select(value => value.Cell)];
    }

    /// <summary>Admits the values within the environment's own allowance; where that does not do, closes the shard.</summary>
    private async Task<bool> AdmitOnItsOwnAsync(Undecided group, CancellationToken cancellationToken)
    {
        IReadOnlyCollection<string>? partials = null;
        if (group.Known.HasAllowance is null)
        {
            if (_started < group.Cells[0].Start - plan.Bounds.Future)
            {
                group.Known.HasAllowance = true;
            }
            else
            {
                partials = await table.ReadPartialsAsync(group.PartitionKey, cancellationToken).ConfigureAwait(false);
                group.Known.HasAllowance = partials.Count == 0;
            }
        }

        if (group.Known.HasAllowance == true && group.Known.TryAdmit([.. group.Unknown.Select(value => value.Fingerprint)], group.Counter.Allowance))
        {
            return true;
        }

        partials ??= await table.ReadPartialsAsync(group.PartitionKey, cancellationToken).ConfigureAwait(false);
        var values = ShardList(partials, group.ShardId);
        await table.AddValuesAsync(group.ShardList, values, group.Expiry, cancellationToken).ConfigureAwait(false);
        Close(group.Shard, values);
        return false;
    }

    /// <summary>Adds values to the shared list, as many as it takes.</summary>
    /// <returns>Those that it does not take: it is full.</returns>
    private async Task<List<(Cell Cell, ulong Fingerprint)>> ShareAsync(
        Undecided group, List<(Cell Cell, ulong Fingerprint)> values, CancellationToken cancellationToken)
    {
        while (values.Count > 0 && CapacityOf(group.Counter, group.Known.Part) is > 0 and var capacity)
        {
            var part = group.Known.Part;
            var fitting = values.Take(capacity - group.Known.InPart).Select(value => value.Fingerprint).ToList();
            var held = await table
                .TryAddSharedValuesAsync(
                    new ItemKey(group.PartitionKey, CounterKeys.SharedValues(part)), fitting, capacity, group.Expiry, cancellationToken)
                .ConfigureAwait(false);
            group.Known.Learn(part, held, capacity);
            values = values.FindAll(value => !group.Known.IsShared(value.Fingerprint));
        }

        return values;
    }

    private static int CapacityOf(PlannedCounter counter, int part) => Math.Min(PartCapacity, counter.SharedCapacity - (part * PartCapacity));

    private static List<ulong> ShardList(IReadOnlyCollection<string> partials, string shardId)
    {
        var own = new HashSet<string>(StringComparer.Ordinal);
        var others = new HashSet<string>(StringComparer.Ordinal);
        foreach (var sortKey in partials)
        {
            if (CounterKeys.TryReadSort(sortKey, out var value, out var shard) && value != ValueText.Other)
            {
                _ = (shard == shardId ? own : others).Add(value);
            }
        }

        if (others.Count <= MostOfOtherShards)
        {
            own.UnionWith(others);
        }

        return [.. own.Select(ValueText.Fingerprint)];
    }

    private static void Close(ShardValues shard, IEnumerable<ulong> values)
    {
        shard.Values.UnionWith(values);
        shard.IsClosed = true;
    }

    private AdmittedValues Known(GroupKey key)
    {
        if (!_groups.TryGetValue(key, out var known))
        {
            known = new AdmittedValues();
            _groups.Add(key, known);
        }

        known.LastUsed = _batches;
        return known;
    }

    /// <summary>
    /// Bounds the memory: forgets the windows that were not needed for longest. For what it forgets, this environment is a new one:
    /// an allowance is not given twice.
    /// </summary>
    private void Forget()
    {
        var size = _groups.Values.Sum(group => group.Size);
        if (size <= MaxSize)
        {
            return;
        }

        foreach (var (key, group) in _groups.OrderBy(group => group.Value.LastUsed).ToList())
        {
            size -= group.Size;
            _ = _groups.Remove(key);
            if (size <= MaxSize / 2)
            {
                break;
            }
        }

        _started = clock.GetUtcNow();
    }

    /// <summary>A counter's window with values that are not known to be admitted.</summary>
    private sealed class Undecided(
        GroupKey key, PlannedCounter counter, AdmittedValues known, string shardId, List<(Cell Cell, ulong Fingerprint)> unknown, DateTimeOffset now)
    {
        public PlannedCounter Counter => counter;

        public AdmittedValues Known => known;

        public string ShardId => shardId;

        public ShardValues Shard { get; } = known.Of(shardId);

        /// <summary>The values, in the order in which they came.</summary>
        public List<(Cell Cell, ulong Fingerprint)> Unknown => unknown;

        public List<Cell> Cells { get; } = [.. unknown.Select(value => value.Cell)];

        public string PartitionKey { get; } = unknown[0].Cell.PartitionKey(counter.Definition.Name);

        public ItemKey ShardList => new(PartitionKey, CounterKeys.ShardValues(shardId));

        public DateTimeOffset Expiry => counter.ExpiryOf(key.Window, unknown[0].Cell.Start, now);

        public bool IsFailed { get; set; }

        public IReadOnlyList<Cell> TurnedAway { get; set; } = [];
    }
}
