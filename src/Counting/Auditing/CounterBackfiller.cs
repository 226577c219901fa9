using System.Text;
using System.Text.Json.Nodes;
using Amazon.DynamoDBv2;
using Analytics.Counting.Chain;
using Analytics.Counting.Deltas;
using Analytics.Counting.Folding;
using Analytics.Counting.Keys;
using Analytics.Counting.RollingUp;
using Analytics.Counting.Storage;
using Analytics.Events;
using Analytics.Events.Definitions;
using Analytics.Streaming;

namespace Analytics.Counting.Auditing;

/// <summary>
/// Counts archived records for counters that were defined after the records were counted. Each range of records is counted once per counter, regardless
/// of repetitions, concurrent backfills and interruptions.
/// </summary>
/// <remarks>
/// The range of a shard's link whose definitions lack a counter will never be counted for it by that chain. It is added by a link of a separate chain, which
/// names the range, and whose definitions are the added counters alone. It is put conditionally, like corrections. Nothing is counted unless an audit proves
/// that the archive is complete and that its records are counted: a backfill only adds, and adds all of a range or nothing.
/// </remarks>
public sealed class CounterBackfiller
{
    private const int MaxAttempts = 20;

    private static readonly EventReader Reader = new(EventLimits.Default);

    private readonly ICounterTable _table;
    private readonly TimeProvider _clock;
    private readonly CounterAuditor _auditor;
    private readonly ChainReader _chains;
    private readonly StoredDefinitions _definitions;
    private readonly Dictionary<(string Counters, string Bounds), CounterPlan> _plans = [];

    /// <summary>Creates a backfiller.</summary>
    /// <param name="dynamoDb">The client.</param>
    /// <param name="table">The name of the counters table.</param>
    /// <param name="clock">The clock.</param>
    public CounterBackfiller(IAmazonDynamoDB dynamoDb, string table, TimeProvider clock)
        : this(new DynamoCounterTable(dynamoDb, table), new CounterAuditor(dynamoDb, table, clock), clock)
    {
    }

    internal CounterBackfiller(ICounterTable table, CounterAuditor auditor, TimeProvider clock)
    {
        _table = table;
        _auditor = auditor;
        _clock = clock;
        _chains = new ChainReader(table);
        _definitions = new StoredDefinitions(table);
    }

    /// <summary>Counts records that the counters of the newest definitions lack.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="scope">The range of arrival times; records whose links have expired are skipped.</param>
    /// <param name="cancellationToken">Cancels the backfill; repeat it to continue.</param>
    /// <returns>The user records that were counted for at least one counter, each once; null if an audit finds a difference, which must be resolved first.</returns>
    /// <exception cref="CounterTableException">The content of the table is invalid.</exception>
    public async Task<long?> BackfillAsync(IAuditedArchive archive, CounterAuditScope scope, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(archive);
        ArgumentNullException.ThrowIfNull(scope);
        var audit = await _auditor.AuditAsync(archive, scope with { Counter = null }, cancellationToken).ConfigureAwait(false);
        if (!audit.IsEqual)
        {
            return null;
        }

        var target = await ReadNewestAsync(cancellationToken).ConfigureAwait(false);
        var counted = 0L;
        foreach (var shardId in target is null ? [] : await archive.GetShardsAsync(scope.From, scope.To, cancellationToken).ConfigureAwait(false))
        {
            counted += await BackfillShardAsync(archive, scope, shardId, target!, cancellationToken).ConfigureAwait(false);
        }

        return counted;
    }

    /// <summary>The definitions of the most recently written link.</summary>
    private async Task<CounterSet?> ReadNewestAsync(CancellationToken cancellationToken)
    {
        Link? newest = null;
        foreach (var chain in (await _chains.ReadShardsAsync(cancellationToken).ConfigureAwait(false)).Where(chain => CounterKeys.GetShard(chain) == chain))
        {
            if (await _chains.ReadLastAsync(chain, cancellationToken).ConfigureAwait(false) is { } link && (newest is null || link.Written > newest.Written))
            {
                newest = link;
            }
        }

        return newest is null ? null : await _definitions.GetAsync(newest.Definitions, cancellationToken).ConfigureAwait(false);
    }

    private async Task<long> BackfillShardAsync(
        IAuditedArchive archive, CounterAuditScope scope, string shardId, CounterSet target, CancellationToken cancellationToken)
    {
        var counted = 0L;
        var chain = await ReadChainAsync(shardId, cancellationToken).ConfigureAwait(false);
        var records = archive.ReadAsync(shardId, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using (records.ConfigureAwait(false))
        {
            var hasRecord = await records.MoveNextAsync().ConfigureAwait(false);
            await foreach (var (links, isFirst) in ReadGroupsAsync(shardId, cancellationToken).ConfigureAwait(false))
            {
                var range = new List<ArchivedUserRecord>();
                while (hasRecord && records.Current.SequenceNumber <= links.Last)
                {
                    // Before the first stored link, it is unknown what was counted.
                    if (!isFirst || links.From == ShardPosition.Start.Key || records.Current.SequenceNumber >= links.First)
                    {
                        range.Add(records.Current);
                    }

                    hasRecord = await records.MoveNextAsync().ConfigureAwait(false);
                }

                if (range.Count > 0 && links.FirstArrival >= scope.From && links.LastArrival < scope.To)
                {
                    counted += await CountAsync(shardId, chain, target, links, range, cancellationToken).ConfigureAwait(false);
                }
            }
        }

        return counted;
    }

    private async Task<long> CountAsync(
        string shardId, Backfills chain, CounterSet target, LinkGroup links, List<ArchivedUserRecord> records, CancellationToken cancellationToken)
    {
        var counted = 0L;
        var has = (await _definitions.GetAsync(links.Definitions, cancellationToken).ConfigureAwait(false)).Counters.Select(counter => counter.Hash).ToHashSet(StringComparer.Ordinal);
        for (var (attempt, next) = (0, 0); next < records.Count;)
        {
            var missing = target.Counters.Where(counter => !has.Contains(counter.Hash) && !chain.Covers(counter.Hash, records[next].SequenceNumber)).ToList();
            if (missing.Count == 0)
            {
                // Another backfill that was stopped may have counted a part of the range.
                next = NextSequenceNumber(records, next + 1);
                continue;
            }

            var plan = GetPlan(target, missing, links.Bounds);
            var end = next;
            while (end < records.Count && missing.TrueForAll(counter => !chain.Covers(counter.Hash, records[end].SequenceNumber)))
            {
                end = NextSequenceNumber(records, end + 1);
            }

            var link = CreateLink(shardId, chain.Position, plan, records, next, ref end);
            _ = await _table.TryPutAsync(StoredDefinitions.ToItem(plan.Set), PutCondition.None, cancellationToken).ConfigureAwait(false);
            _ = await _table.TryPutAsync(Attributes.Item(new ItemKey(CounterKeys.Shards, CounterKeys.GetBackfills(shardId))), PutCondition.None, cancellationToken).ConfigureAwait(false);
            if (await _table.TryPutAsync(link.ToItem(link.Written + ChainSettings.Default.Retention), PutCondition.Absent, cancellationToken).ConfigureAwait(false))
            {
                chain.Add(link, plan.Set);
                counted += link.UserRecords;
                next = end;
            }
            else if (++attempt < MaxAttempts)
            {
                chain.Replace(await ReadChainAsync(shardId, cancellationToken).ConfigureAwait(false));
            }
            else
            {
                throw new CounterTableException($"Concurrent backfills of shard {shardId} persist. Try again later.");
            }
        }

        return counted;
    }

    /// <summary>Creates the link of the records from an index to another, or to an earlier one if they do not fit into an item.</summary>
    private Link CreateLink(string shardId, string position, CounterPlan plan, List<ArchivedUserRecord> records, int first, ref int end)
    {
        while (true)
        {
            var cells = new CellTable(plan);
            var range = records.GetRange(first, end - first);
            foreach (var record in range.Where(record => record.IsEvent))
            {
                AuditedLinks.Fold(plan, cells, record);
            }

            var link = new Link
            {
                ShardId = CounterKeys.GetBackfills(shardId),
                From = position,
                End = ShardPosition.Following(position),
                First = range[0].SequenceNumber,
                BackfilledTo = range[^1].SequenceNumber,
                Records = range.Select(record => record.SequenceNumber).Distinct().Count(),
                UserRecords = range.Count,
                Events = range.Count(record => record.IsEvent),
                Malformed = range.Count(record => !record.IsEvent),
                Definitions = plan.Set.Hash,
                Bounds = plan.BoundsText,
                FirstArrival = range.Min(record => record.ArrivalTime),
                LastArrival = range.Max(record => record.ArrivalTime),
                Written = _clock.GetUtcNow(),
            }.With(DeltaEncoder.Encode(plan.Counters, cells.Cells));
            if (ItemSize.Compute(link.ToItem(link.Written)) <= ChainSettings.Default.MaxLinkBytes)
            {
                return link;
            }

            var half = NextSequenceNumber(records, first + Math.Max(1, range.Count / 2));
            end = half < end ? half : throw new CounterTableException($"The counts of the records from {range[0].SequenceNumber} do not fit into an item.");
        }
    }

    /// <summary>The index of the first record from an index on that does not share its sequence number with the record before it.</summary>
    private static int NextSequenceNumber(List<ArchivedUserRecord> records, int index)
    {
        while (index < records.Count && records[index].SequenceNumber == records[index - 1].SequenceNumber)
        {
            index++;
        }

        return index;
    }

    /// <summary>Creates a plan of some counters only.</summary>
    private CounterPlan GetPlan(CounterSet target, List<PlannedCounter> counters, string bounds)
    {
        var key = (string.Join(' ', counters.Select(counter => counter.Hash)), bounds);
        if (!_plans.TryGetValue(key, out var plan))
        {
            var all = JsonNode.Parse(target.Json)!["counters"]!.AsArray();
            var some = new JsonArray([.. counters.Select(counter => all[Array.IndexOf(target.Counters, counter)]!.DeepClone())]);
            var json = new JsonObject { ["counters"] = some }.ToJsonString();
            plan = new CounterPlan(Definitions.Parse(Encoding.UTF8.GetBytes(json)), Reader, AuditPlans.ParseBounds(bounds));
            _plans.Add(key, plan);
        }

        return plan;
    }

    /// <summary>Reads the links of a shard's chain, grouped by shared sequence numbers.</summary>
    private async IAsyncEnumerable<(LinkGroup Links, bool IsFirst)> ReadGroupsAsync(
        string shardId, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        LinkGroup? group = null;
        var isFirst = true;
        await foreach (var item in _table.QueryAsync(new KeyRange(CounterKeys.GetChain(shardId)), cancellationToken).ConfigureAwait(false))
        {
            var link = Link.FromItem(item);
            if (group is not null && link.First > group.Last)
            {
                yield return (group, isFirst);
                (group, isFirst) = (null, false);
            }

            group = group is null
                ? new LinkGroup(link.From, link.First, link.End.SequenceNumber!.Value, link.Definitions, link.Bounds, link.FirstArrival, link.LastArrival)
                : group with
                {
                    Last = link.End.SequenceNumber!.Value,
                    FirstArrival = link.FirstArrival < group.FirstArrival ? link.FirstArrival : group.FirstArrival,
                    LastArrival = link.LastArrival > group.LastArrival ? link.LastArrival : group.LastArrival,
                };
        }

        if (group is not null)
        {
            yield return (group, isFirst);
        }
    }

    private async Task<Backfills> ReadChainAsync(string shardId, CancellationToken cancellationToken)
    {
        var chain = CounterKeys.GetBackfills(shardId);
        var plan = await RollupPlan.ReadAsync(_table, cancellationToken).ConfigureAwait(false);
        var backfills = new Backfills { Position = plan?.GetPosition(chain, plan.Generation) ?? ShardPosition.Start.Key };
        await foreach (var item in _table.QueryAsync(new KeyRange(CounterKeys.GetChain(chain)), cancellationToken).ConfigureAwait(false))
        {
            var link = Link.FromItem(item);
            backfills.Add(link, await _definitions.GetAsync(link.Definitions, cancellationToken).ConfigureAwait(false));
        }

        return backfills;
    }

    /// <summary>Links of a shard that share sequence numbers, or a single link.</summary>
    private sealed record LinkGroup(
        string From, SequenceNumber First, SequenceNumber Last, string Definitions, string Bounds, DateTimeOffset FirstArrival, DateTimeOffset LastArrival);

    /// <summary>A shard's chain of backfills: its end, and the ranges that each counter has.</summary>
    private sealed class Backfills
    {
        private readonly Dictionary<string, List<(SequenceNumber First, SequenceNumber Last)>> _ranges = new(StringComparer.Ordinal);

        public required string Position { get; set; }

        public bool Covers(string counter, SequenceNumber record) =>
            _ranges.TryGetValue(counter, out var ranges) && ranges.Exists(range => range.First <= record && record <= range.Last);

        public void Add(Link link, CounterSet set)
        {
            Position = link.End.Key;
            foreach (var counter in set.Counters)
            {
                if (!_ranges.TryGetValue(counter.Hash, out var ranges))
                {
                    _ranges.Add(counter.Hash, ranges = []);
                }

                ranges.Add((link.First, link.BackfilledTo!.Value));
            }
        }

        public void Replace(Backfills other)
        {
            Position = other.Position;
            _ranges.Clear();
            foreach (var (counter, ranges) in other._ranges)
            {
                _ranges.Add(counter, ranges);
            }
        }
    }
}
