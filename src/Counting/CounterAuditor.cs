using Amazon.DynamoDBv2;
using Analytics.Counting.Auditing;
using Analytics.Counting.Committing;
using Analytics.Counting.Keys;
using Analytics.Counting.Partials;
using Analytics.Streaming;

namespace Analytics.Counting;

/// <summary>
/// Counts the archive again and compares it with the table, partial by partial: each with its shard's records up to its own watermark. So it
/// may be done while the pipeline runs. What differs can be given what it should have come to.
/// </summary>
/// <remarks>
/// A repair puts in a partial's place what the shard's records up to its watermark come to, on the condition that its watermark and its
/// revision are as they were, and makes the revision one higher: a function that knows the partial from before finds that out by the
/// condition of its next write. Since the partial then holds all records up to its watermark, also those that Lambda had given up and that
/// later batches passed by, each is counted once, now or when it comes again.
/// The archive has to be complete as far as it is read: what Lambda gave up of the archive's own function has to be brought back before.
/// </remarks>
public sealed class CounterAuditor
{
    private const int MaxParallelWrites = 16;

    private readonly CounterPlan _plan;
    private readonly IAmazonDynamoDB _dynamoDb;
    private readonly string _tableName;
    private readonly ICounterTable _table;
    private readonly TimeProvider _clock;

    /// <summary>Makes an auditor.</summary>
    /// <param name="plan">What is counted.</param>
    /// <param name="dynamoDb">The client.</param>
    /// <param name="table">The name of the counters' table.</param>
    /// <param name="clock">Tells what has expired.</param>
    public CounterAuditor(CounterPlan plan, IAmazonDynamoDB dynamoDb, string table, TimeProvider clock)
    {
        _plan = plan;
        _dynamoDb = dynamoDb;
        _tableName = table;
        _table = new DynamoCounterTable(dynamoDb, table, clock);
        _clock = clock;
    }

    /// <summary>After how long the table is read again, and again, to see whether what differs was only being written; doing without tells it as a difference.</summary>
    public IReadOnlyList<TimeSpan> Pauses { get; init; } = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(8)];

    /// <summary>The arrival times, UTC, of all events that can count in a scope's windows.</summary>
    /// <param name="scope">The scope.</param>
    public (DateTimeOffset From, DateTimeOffset To) ArrivalsOf(CounterAuditScope scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        var longest = _plan.Counters.SelectMany(counter => counter.Windows).DefaultIfEmpty().Max(WindowTimes.LengthInTicks);
        return (scope.From - _plan.Bounds.Future, scope.To.AddTicks(longest) + _plan.Bounds.Past);
    }

    /// <summary>Audits, and repairs where that is asked for.</summary>
    /// <param name="scope">What to look at.</param>
    /// <param name="archive">The archive's records that arrived in <see cref="ArrivalsOf"/>, of each shard as far as it is complete.</param>
    /// <param name="archivedUpTo">The last sequence number that the archive holds, by shard, malformed records included.</param>
    /// <param name="repairs">Whether to repair.</param>
    /// <param name="cancellationToken">Ends it; repairs that are done stay.</param>
    /// <remarks>The table is read when the enumeration of <paramref name="archive"/> begins; <paramref name="archivedUpTo"/> is asked after that.</remarks>
    public async Task<CounterAuditResult> AuditAsync(
        CounterAuditScope scope,
        Func<CancellationToken, IAsyncEnumerable<ArchivedEvent>> archive,
        Func<CancellationToken, Task<IReadOnlyDictionary<string, SequenceNumber>>> archivedUpTo,
        bool repairs,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(archive);
        ArgumentNullException.ThrowIfNull(archivedUpTo);
        var content = await CounterTableContent.ReadAsync(_dynamoDb, _tableName, cancellationToken).ConfigureAwait(false);
        foreach (var (shardId, sequenceNumber) in scope.BroughtBack)
        {
            content.Of(shardId).Reach(sequenceNumber);
        }

        var reached = await archivedUpTo(cancellationToken).ConfigureAwait(false);
        var shards = content.ShardIds
            .Where(shardId => scope.ShardId is null || shardId == scope.ShardId)
            .ToDictionary(shardId => shardId, shardId => new ShardRecount(_plan, scope, content, shardId, reached.GetValueOrDefault(shardId), _clock.GetUtcNow()), StringComparer.Ordinal);
        var events = 0L;
        await foreach (var archived in archive(cancellationToken).ConfigureAwait(false))
        {
            events++;
            if (shards.TryGetValue(archived.ShardId, out var recount))
            {
                recount.Add(archived);
            }
        }

        var found = shards.OrderBy(shard => shard.Key, StringComparer.Ordinal).Select(shard => (Recount: shard.Value, Findings: shard.Value.Compare().ToList())).ToList();
        var underway = repairs ? 0 : await LeaveOutUnderwayAsync(found, cancellationToken).ConfigureAwait(false);
        var admission = new ValueAdmission(_plan, _table, _clock, MemoryBounds.Default.Values);
        var result = new CounterAuditResult { Events = events, Partials = -underway, Ahead = 0, Underway = underway, Differences = [], Repaired = 0, Changed = 0 };
        foreach (var (recount, findings) in found)
        {
            var (repaired, changed) = repairs ? await RepairAsync(recount, findings, admission, cancellationToken).ConfigureAwait(false) : (0, 0);
            result = result with
            {
                Partials = result.Partials + recount.Compared,
                Ahead = result.Ahead + recount.Ahead,
                Differences = [.. result.Differences, .. findings.SelectMany(finding => finding.Differences.Select(difference => (recount.ShardId, difference)))],
                Repaired = result.Repaired + repaired,
                Changed = result.Changed + changed,
            };
        }

        return result;
    }

    /// <summary>Takes those findings away that turn out to be of a batch that the function was just writing.</summary>
    /// <returns>How many.</returns>
    private async Task<long> LeaveOutUnderwayAsync(List<(ShardRecount Recount, List<ShardFinding> Findings)> found, CancellationToken cancellationToken)
    {
        var underway = 0L;
        foreach (var pause in Pauses)
        {
            if (!found.Any(shard => shard.Findings.Any(shard.Recount.MayBeUnderway)))
            {
                break;
            }

            await Task.Delay(pause, _clock, cancellationToken).ConfigureAwait(false);
            var now = await CounterTableContent.ReadAsync(_dynamoDb, _tableName, cancellationToken).ConfigureAwait(false);
            foreach (var (recount, findings) in found)
            {
                var partials = now.Of(recount.ShardId);
                underway += findings.RemoveAll(finding => recount.MayBeUnderway(finding) && recount.IsWrittenSince(finding, partials));
            }
        }

        return underway;
    }

    private async Task<(long Repaired, long Changed)> RepairAsync(
        ShardRecount recount, IReadOnlyList<ShardFinding> findings, ValueAdmission admission, CancellationToken cancellationToken)
    {
        var failures = new CommitFailures();
        var unknown = findings.Where(finding => finding is { Cell: not null, Stored.Watermark: null } && _plan.Counters[finding.Cell.Value.Counter].IsLimited)
            .Select(finding => finding.Cell!);
        var turnedAway = await admission.TurnAwayAsync(unknown, recount.ShardId, _clock.GetUtcNow(), failures, cancellationToken).ConfigureAwait(false);
        if (failures.Cause is { } cause)
        {
            throw cause;
        }

        var (repaired, changed) = (0L, 0L);
        await Parallel.ForEachAsync(
            recount.RepairsOf(findings, turnedAway),
            new ParallelOptions { MaxDegreeOfParallelism = MaxParallelWrites, CancellationToken = cancellationToken },
            async (write, token) =>
            {
                if (await _table.WriteAsync(write, token).ConfigureAwait(false) is null)
                {
                    _ = Interlocked.Increment(ref repaired);
                }
                else
                {
                    _ = Interlocked.Increment(ref changed);
                }
            }).ConfigureAwait(false);
        return (repaired, changed);
    }
}
