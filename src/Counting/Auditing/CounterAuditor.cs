using System.Globalization;
using System.Runtime.CompilerServices;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Analytics.Counting.Chain;
using Analytics.Counting.Deltas;
using Analytics.Counting.Folding;
using Analytics.Counting.Keys;
using Analytics.Counting.RollingUp;
using Analytics.Counting.Storage;
using Analytics.Streaming;

namespace Analytics.Counting.Auditing;

/// <summary>
/// Audits the counters: each link against the archive's records of its range, and each window against the links. So a record that the archive lacks is distinguished
/// from one that is not counted. Definitions and event-time bounds are those of the links.
/// </summary>
public sealed class CounterAuditor
{
    /// <summary>Records that arrived within this time may not be counted yet.</summary>
    public static readonly TimeSpan AllowedLag = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan MaxWindow = TimeSpan.FromDays(1);

    private readonly ICounterTable _table;
    private readonly Func<CancellationToken, IAsyncEnumerable<Dictionary<string, AttributeValue>>> _scan;
    private readonly TimeProvider _clock;
    private readonly StoredDefinitions _definitions;
    private readonly AuditPlans _plans;

    /// <summary>Creates an auditor.</summary>
    /// <param name="dynamoDb">The client.</param>
    /// <param name="table">The name of the counters table.</param>
    /// <param name="clock">The clock.</param>
    public CounterAuditor(IAmazonDynamoDB dynamoDb, string table, TimeProvider clock)
        : this(new DynamoCounterTable(dynamoDb, table), cancellationToken => DynamoCounterTable.ScanAsync(dynamoDb, table, cancellationToken), clock)
    {
    }

    internal CounterAuditor(
        ICounterTable table, Func<CancellationToken, IAsyncEnumerable<Dictionary<string, AttributeValue>>> scan, TimeProvider clock)
    {
        _table = table;
        _scan = scan;
        _clock = clock;
        _definitions = new StoredDefinitions(table);
        _plans = new AuditPlans(_definitions);
    }

    /// <summary>Runs the audit.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="scope">The counters and times to compare.</param>
    /// <param name="cancellationToken">Cancels the audit.</param>
    /// <exception cref="CounterTableException">The plan or the definitions of links cannot be read.</exception>
    public async Task<CounterAuditResult> AuditAsync(IAuditedArchive archive, CounterAuditScope scope, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(archive);
        ArgumentNullException.ThrowIfNull(scope);
        return (await RunAsync(archive, scope, cancellationToken).ConfigureAwait(false)).Complete(scope).Result;
    }

    /// <summary>
    /// Rewrites windows that differ from the sum of their links, if links and archive agree. The windows form a rollup generation that takes
    /// no links. If interrupted, it leaves a plan that the next rollup completes; windows that were not written still differ.
    /// </summary>
    /// <param name="archive">The archive.</param>
    /// <param name="scope">The windows.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>The written windows: none if the archive, links or items have findings, or while a rollup is running.</returns>
    /// <exception cref="CounterTableException">The plan or the definitions of links cannot be read.</exception>
    public async Task<int> RestoreAsync(IAuditedArchive archive, CounterAuditScope scope, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(archive);
        ArgumentNullException.ThrowIfNull(scope);
        var run = await RunAsync(archive, scope, cancellationToken).ConfigureAwait(false);
        var (result, differing) = run.Complete(scope);
        return differing.Count == 0 || result.Findings.Any(finding => finding.Side != AuditSide.Pending) || run.Snapshot is not { Cuts: 1, Plan: { } plan }
            ? 0
            : await new WindowRestorer(_table, _clock).RestoreAsync(plan, differing, cancellationToken).ConfigureAwait(false);
    }

    private async Task<AuditRun> RunAsync(IAuditedArchive archive, CounterAuditScope scope, CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        var snapshot = await TableSnapshot.ReadAsync(_table, _scan(cancellationToken), cancellationToken).ConfigureAwait(false);
        var bounds = snapshot.Bounds.Select(AuditPlans.ParseBounds).Append(EventTimeBounds.Default).ToList();
        var last = scope.To + MaxWindow + bounds.Max(one => one.Past);
        var (from, to) = (scope.From - bounds.Max(one => one.Future), last < now ? last : now.AddMinutes(1));
        var audit = new AuditRun(snapshot, from, to, scope.IsDrained ? DateTimeOffset.MaxValue : now - AllowedLag, now);
        var archived = await archive.GetShardsAsync(from, to, cancellationToken).ConfigureAwait(false);
        foreach (var shardId in archived.Concat(scope.StreamShards).Concat(snapshot.Chains.Select(CounterKeys.GetShard)).Distinct().Order(StringComparer.Ordinal))
        {
            await AuditShardAsync(audit, shardId, archive.ReadAsync(shardId, cancellationToken), cancellationToken).ConfigureAwait(false);
        }

        return audit;
    }

    private async Task AuditShardAsync(AuditRun audit, string shardId, IAsyncEnumerable<ArchivedUserRecord> archived, CancellationToken cancellationToken)
    {
        var corrections = await ReadCorrectionsAsync(audit, shardId, cancellationToken).ConfigureAwait(false);
        var backfills = await ReadBackfillsAsync(audit, shardId, cancellationToken).ConfigureAwait(false);
        var shard = new ShardAudit(audit, shardId, corrections, backfills);
        var records = archived.GetAsyncEnumerator(cancellationToken);
        await using (records.ConfigureAwait(false))
        {
            var hasRecord = await records.MoveNextAsync().ConfigureAwait(false);
            await foreach (var links in ReadGroupsAsync(audit, shardId, cancellationToken).ConfigureAwait(false))
            {
                if (shard.Position is null && links.From != ShardPosition.Start.Key)
                {
                    shard.Start(links.From, links.Group.Plan);
                }

                while (hasRecord && records.Current.SequenceNumber <= links.Group.Last)
                {
                    shard.Take(records.Current, links.Group);
                    hasRecord = await records.MoveNextAsync().ConfigureAwait(false);
                }

                shard.Close(links.Group);
            }

            if (shard.Position is null && audit.GetPosition(shardId) is { } rolledUp && await GetAnyPlanAsync(audit, cancellationToken).ConfigureAwait(false) is { } plan)
            {
                shard.Start(rolledUp, plan);
            }

            while (hasRecord)
            {
                shard.Take(records.Current, null);
                hasRecord = await records.MoveNextAsync().ConfigureAwait(false);
            }
        }

        shard.Complete();
    }

    private async Task<CounterPlan?> GetAnyPlanAsync(AuditRun audit, CancellationToken cancellationToken) =>
        audit.Snapshot.Definitions is [.., var hash] && audit.Snapshot.Bounds.FirstOrDefault() is { } bounds
            ? await _plans.GetAsync(hash, bounds, cancellationToken).ConfigureAwait(false)
            : null;

    private async Task<Dictionary<SequenceNumber, AuditedLinks>> ReadCorrectionsAsync(AuditRun audit, string shardId, CancellationToken cancellationToken)
    {
        var chain = CounterKeys.GetCorrections(shardId);
        var corrections = new Dictionary<SequenceNumber, AuditedLinks>();
        await foreach (var link in ReadLinksAsync(audit, chain, ShardPosition.Start.Key, cancellationToken).ConfigureAwait(false))
        {
            var plan = await _plans.GetAsync(link.Definitions, link.Bounds, cancellationToken).ConfigureAwait(false);
            var group = new AuditedLinks(shardId, plan);
            group.Add(link, audit.TakeLink(chain, link, plan));
            foreach (var one in link.Corrects)
            {
                if (!corrections.TryAdd(one, group))
                {
                    audit.Add(AuditSide.Counters, $"Record {one} of shard {shardId} is counted by two corrections.");
                }
            }
        }

        return corrections;
    }

    /// <summary>Reads the backfills of a shard by the first record of their ranges.</summary>
    private async Task<List<AuditedLinks>> ReadBackfillsAsync(AuditRun audit, string shardId, CancellationToken cancellationToken)
    {
        var chain = CounterKeys.GetBackfills(shardId);
        var first = await ReadFirstAsync(shardId, cancellationToken).ConfigureAwait(false);
        var firstPlan = first is null ? null : await _plans.GetAsync(first.Definitions, first.Bounds, cancellationToken).ConfigureAwait(false);
        var backfills = new List<AuditedLinks>();
        var covered = new Dictionary<string, SequenceNumber>(StringComparer.Ordinal);
        await foreach (var link in ReadLinksAsync(audit, chain, ShardPosition.Start.Key, cancellationToken).ConfigureAwait(false))
        {
            var plan = await _plans.GetAsync(link.Definitions, link.Bounds, cancellationToken).ConfigureAwait(false);

            // Records before the first remaining link are recounted with its definitions, which include these counters.
            var isRecounted = first is not null && link.BackfilledTo < first.First
                && plan.Counters.All(counter => Array.Exists(firstPlan!.Counters, one => one.Hash == counter.Hash));
            var group = new AuditedLinks(shardId, plan);
            group.Add(link, isRecounted ? audit.ReadCells(link, plan) : audit.TakeLink(chain, link, plan));
            backfills.Add(group);
        }

        backfills.Sort((one, other) => one.First.CompareTo(other.First));
        foreach (var group in backfills)
        {
            foreach (var counter in group.Plan.Counters)
            {
                if (covered.TryGetValue(counter.Hash, out var last) && group.First <= last)
                {
                    audit.Add(AuditSide.Counters, $"Records of shard {shardId} from {group.First} are counted by {counter.Definition.Name} in two backfills.");
                }

                covered[counter.Hash] = group.Last;
            }
        }

        return backfills;
    }

    private async Task<Link?> ReadFirstAsync(string shardId, CancellationToken cancellationToken)
    {
        await foreach (var item in _table.QueryAsync(new KeyRange(CounterKeys.GetChain(shardId)) { Limit = 1 }, cancellationToken).ConfigureAwait(false))
        {
            return TryRead(item, out _);
        }

        return null;
    }

    /// <summary>Reads the links with records of the audited time, grouped by shared sequence numbers.</summary>
    private async IAsyncEnumerable<(string From, AuditedLinks Group)> ReadGroupsAsync(
        AuditRun audit, string shardId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var start = await FindStartAsync(audit, shardId, cancellationToken).ConfigureAwait(false);
        AuditedLinks? group = null;
        var from = "";
        await foreach (var link in ReadLinksAsync(audit, shardId, start, cancellationToken).ConfigureAwait(false))
        {
            if (group is not null && link.First > group.Last)
            {
                yield return (from, group);
                group = null;
            }

            var plan = await _plans.GetAsync(link.Definitions, link.Bounds, cancellationToken).ConfigureAwait(false);
            if (group is null)
            {
                (group, from) = (new AuditedLinks(shardId, plan), link.From);
            }

            group.Add(link, audit.TakeLink(shardId, link, plan));
        }

        if (group is not null)
        {
            yield return (from, group);
        }
    }

    /// <summary>The key of the last link whose records all arrived before the audited time, or the start of the chain.</summary>
    private async Task<string> FindStartAsync(AuditRun audit, string shardId, CancellationToken cancellationToken)
    {
        var range = new KeyRange(CounterKeys.GetChain(shardId)) { IsBackwards = true };
        await foreach (var item in _table.QueryAsync(range, cancellationToken).ConfigureAwait(false))
        {
            if (TryRead(item, out _) is { } link && link.LastArrival < audit.From - AllowedLag)
            {
                return link.From;
            }
        }

        return ShardPosition.Start.Key;
    }

    /// <summary>Reads a chain; inconsistencies become findings.</summary>
    private async IAsyncEnumerable<Link> ReadLinksAsync(
        AuditRun audit, string chain, string start, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? position = null;
        await foreach (var item in _table.QueryAsync(new KeyRange(CounterKeys.GetChain(chain), start), cancellationToken).ConfigureAwait(false))
        {
            if (TryRead(item, out var error) is not { } link)
            {
                audit.Add(AuditSide.Counters, error!);
                position = null;
                continue;
            }

            if (position is not null && link.From != position)
            {
                audit.Add(AuditSide.Counters, $"The chain of {chain} has no link that continues from {position}, but continues at {link.From}.");
            }

            audit.CheckLink(chain, link, item);
            position = link.End.Key;
            yield return link;
        }

        if (position is not null && audit.GetPosition(chain) is { } rolledUp && string.CompareOrdinal(rolledUp, position) > 0)
        {
            audit.Add(AuditSide.Counters, $"The plan of the rollup is at {rolledUp} of {chain}, beyond the end {position} of its chain.");
        }
    }

    private static Link? TryRead(Dictionary<string, AttributeValue> item, out string? error)
    {
        try
        {
            error = null;
            return Link.FromItem(item);
        }
        catch (CounterTableException exception)
        {
            error = exception.Message;
            return null;
        }
    }

    /// <summary>The state and the findings of an audit.</summary>
    internal sealed class AuditRun(TableSnapshot snapshot, DateTimeOffset from, DateTimeOffset to, DateTimeOffset countedBy, DateTimeOffset now)
    {
        private readonly List<AuditFinding> _findings = [.. snapshot.Findings];
        private readonly Dictionary<WindowKey, Increment>[] _layers = [.. Enumerable.Range(0, snapshot.Cuts).Select(_ => new Dictionary<WindowKey, Increment>())];

        private readonly HashSet<WindowKey> _expired = [];

        public TableSnapshot Snapshot => snapshot;

        public DateTimeOffset From => from;

        public DateTimeOffset To => to;

        /// <summary>Records that arrived before this time should be counted.</summary>
        public DateTimeOffset CountedBy => countedBy;

        /// <summary>Links written since then have not expired.</summary>
        public DateTimeOffset KeptSince => now - ChainSettings.Default.Retention;

        public long Events { get; set; }

        public void Add(AuditSide side, string message) => _findings.Add(new AuditFinding(side, message));

        public void Add(AuditFinding? finding)
        {
            if (finding is not null)
            {
                _findings.Add(finding);
            }
        }

        /// <summary>The position in a chain that the rollup has reached.</summary>
        public string? GetPosition(string chain) => snapshot.Plan?.Shards.TryGetValue(chain, out var progress) == true ? progress.To : null;

        /// <summary>Adds a link's cells to the expected windows.</summary>
        /// <returns>The cells, or null if they are damaged.</returns>
        public List<DeltaCell>? TakeLink(string chain, Link link, CounterPlan plan)
        {
            var cells = ReadCells(link, plan);
            if (cells is not null && snapshot.GetCut(chain, link.End.Key) is { } cut)
            {
                Increment.Add(_layers[cut], link, cells);
            }

            return cells;
        }

        /// <summary>Reads a link's cells; null if they are damaged.</summary>
        public List<DeltaCell>? ReadCells(Link link, CounterPlan plan)
        {
            try
            {
                return link.ReadCells(plan.Set);
            }
            catch (CounterTableException exception)
            {
                Add(AuditSide.Counters, exception.Message);
                return null;
            }
        }

        /// <summary>Adds the cells of events whose links have expired.</summary>
        public void TakeExpired(CounterPlan plan, CellTable cells)
        {
            var expired = new Dictionary<WindowKey, Increment>();
            foreach (var increments in (Dictionary<WindowKey, Increment>[])[expired, _layers[0]])
            {
                Increment.Add(increments, plan.Set.Hash, plan.BoundsText, DateTimeOffset.UnixEpoch, AuditedLinks.GetCells(plan, cells));
            }

            _expired.UnionWith(expired.Keys);
        }

        /// <summary>Checks the properties of a link that the archive cannot verify.</summary>
        public void CheckLink(string chain, Link link, Dictionary<string, AttributeValue> item)
        {
            var retention = ChainSettings.Default.Retention;
            var expiry = item.GetValueOrDefault(Attributes.Expiry)?.N is { } text && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : 0;
            var earliest = (link.Written + retention).ToUnixTimeSeconds();
            if (expiry < earliest || expiry > Math.Max(earliest, (now + retention).ToUnixTimeSeconds()))
            {
                Add(AuditSide.Counters, $"The link {link.From} of {chain} does not expire {retention.Days} days after it was written.");
            }

            if (link.UserRecords < 1 || link.Events + link.Malformed != link.UserRecords || link.Last is not { } last || link.First > last
                || string.CompareOrdinal(link.End.Key, link.From) <= 0)
            {
                Add(AuditSide.Counters, $"The link {link.From} of {chain} contradicts itself: {link.UserRecords} user records, {link.Events} events, {link.Malformed} malformed, from {link.First} to {link.End}.");
            }
        }

        /// <summary>Compares the windows.</summary>
        /// <returns>The outcome, and the differing windows whose links are all known.</returns>
        public (CounterAuditResult Result, List<(StoredWindow? Stored, WindowExpectation Expected)> Differing) Complete(CounterAuditScope scope)
        {
            var differing = new List<(StoredWindow? Stored, WindowExpectation Expected)>();
            bool IsInScope(WindowKey key) =>
                key.Start >= scope.From && key.Start < scope.To && (scope.Counter is null || key.Counter == scope.Counter);
            var stored = snapshot.Windows.Where(window => IsInScope(window.Key)).ToDictionary(window => window.Key);
            var differences = new List<CounterDifference>();
            var values = 0L;
            foreach (var window in stored.Values)
            {
                var expected = GetExpectation(window.Key, window.Cut);
                if (IsKept(expected, window.State.Expiry))
                {
                    values += window.State.Count;
                    if (_expired.Contains(window.Key))
                    {
                        // The links that named the definitions of its last write have expired.
                        expected?.Definitions.UnionWith(snapshot.Definitions);
                    }

                    var found = WindowAudit.Compare(window, expected, snapshot.GetPlan(window.Cut), now).ToList();
                    differences.AddRange(found);
                    if (found.Count > 0 && expected is not null && !_expired.Contains(window.Key))
                    {
                        differing.Add((window, expected));
                    }
                }
            }

            foreach (var key in _layers[0].Keys.Where(key => IsInScope(key) && !stored.ContainsKey(key)))
            {
                var expected = GetExpectation(key, 0)!;
                if (IsKept(expected, null))
                {
                    differences.AddRange(WindowAudit.CompareMissing(expected));
                    if (!_expired.Contains(key))
                    {
                        differing.Add((null, expected));
                    }
                }
            }

            var ordered = differences.OrderBy(one => one.Counter, StringComparer.Ordinal).ThenBy(one => one.Window).ThenBy(one => one.Start);
            return (new CounterAuditResult(Events, values, _findings, [.. ordered]), differing);
        }

        private WindowExpectation? GetExpectation(WindowKey key, int cut)
        {
            WindowExpectation? expected = null;
            foreach (var layer in _layers.Take(cut + 1))
            {
                if (layer.TryGetValue(key, out var increment))
                {
                    (expected ??= new WindowExpectation(key)).Add(increment);
                }
            }

            return expected;
        }

        /// <summary>Returns whether a window has not expired, according to its expected content, or to its own if nothing is expected.</summary>
        private bool IsKept(WindowExpectation? expected, DateTimeOffset? expiry) =>
            expected is null
                ? expiry > now
                : expected.Counters.Max(counter => counter.GetExpiry(expected.Key.Window, expected.Key.StartTicks, expected.LastWritten)) > now;
    }
}
