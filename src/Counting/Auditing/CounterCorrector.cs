using Amazon.DynamoDBv2;
using Analytics.Counting.Chain;
using Analytics.Counting.Keys;
using Analytics.Counting.RollingUp;
using Analytics.Counting.Storage;
using Analytics.Streaming;

namespace Analytics.Counting.Auditing;

/// <summary>
/// Counts records that a shard's chain skipped because they exhausted their retries. Each is counted once, even if corrections are repeated, run concurrently
/// or are interrupted.
/// </summary>
/// <remarks>
/// A record between the position that a link continues from and the link's first record will never be counted by that chain. Such records are added by links of a
/// separate chain, each of which lists the sequence numbers that it counts. They are put conditionally, so of two writers that add the same records one succeeds,
/// and the other finds the link. Links of a shard's own chain are written only by the function.
/// </remarks>
public sealed class CounterCorrector
{
    private const int MaxAttempts = 20;

    private readonly ICounterTable _table;
    private readonly TimeProvider _clock;
    private readonly CorrectorSettings _settings;
    private readonly AuditPlans _plans;

    /// <summary>Creates a corrector.</summary>
    /// <param name="dynamoDb">The client.</param>
    /// <param name="table">The name of the counters table.</param>
    /// <param name="clock">The clock for the time of the write.</param>
    public CounterCorrector(IAmazonDynamoDB dynamoDb, string table, TimeProvider clock)
        : this(new DynamoCounterTable(dynamoDb, table), clock, CorrectorSettings.Default)
    {
    }

    internal CounterCorrector(ICounterTable table, TimeProvider clock, CorrectorSettings settings)
    {
        _table = table;
        _clock = clock;
        _settings = settings;
        _plans = new AuditPlans(new StoredDefinitions(table));
    }

    /// <summary>Counts those of the given records that the chain skipped.</summary>
    /// <param name="shardId">The shard of the records.</param>
    /// <param name="records">Whole Kinesis records, by sequence number.</param>
    /// <param name="cancellationToken">Cancels the correction.</param>
    /// <exception cref="CounterTableException">The content of the table is invalid.</exception>
    public async Task<CorrectionResult> CorrectAsync(string shardId, IReadOnlyList<StreamRecord> records, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(records);
        if (records.Count == 0)
        {
            return default;
        }

        var links = await ReadLinksAsync(shardId, records[0].SequenceNumber, records[^1].SequenceNumber, cancellationToken).ConfigureAwait(false);
        var gaps = new List<(StreamRecord Record, Link Next)>();
        var result = default(CorrectionResult);

        // A correction of an earlier record may have expired, and the record would be counted again.
        var known = _clock.GetUtcNow() - _settings.Retention + _settings.ExpiryMargin;
        foreach (var record in records)
        {
            var place = Locate(links, record.SequenceNumber, out var next);
            switch (place == RecordPlace.InGap && record.ArrivalTime < known ? RecordPlace.Unknown : place)
            {
                case RecordPlace.Counted:
                    result = result with { CountedBefore = result.CountedBefore + 1 };
                    break;
                case RecordPlace.BeyondEnd:
                    result = result with { BeyondEnd = result.BeyondEnd + 1 };
                    break;
                case RecordPlace.Unknown:
                    result = result with { Unknown = result.Unknown + 1 };
                    break;
                default:
                    gaps.Add((record, next!));
                    break;
            }
        }

        return gaps.Count == 0 ? result : await CountAsync(shardId, gaps, result, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Determines the position of a record among consecutive links.</summary>
    internal static RecordPlace Locate(IReadOnlyList<Link> links, SequenceNumber record, out Link? next)
    {
        next = links.FirstOrDefault(link => record <= link.End.SequenceNumber);
        return next is null ? RecordPlace.BeyondEnd
            : record >= next.First || string.CompareOrdinal(record.ToSortableString(), CutTail(next.From)) == 0 ? RecordPlace.Counted
            : string.CompareOrdinal(record.ToSortableString(), next.From) < 0 && next.From != ShardPosition.Start.Key ? RecordPlace.Unknown
            : RecordPlace.InGap;
    }

    private static string CutTail(string position) => position.Split('|')[0];

    /// <summary>Reads the links from the one before the records to the one that ends after them.</summary>
    private async Task<List<Link>> ReadLinksAsync(string shardId, SequenceNumber first, SequenceNumber last, CancellationToken cancellationToken)
    {
        var chain = CounterKeys.GetChain(shardId);
        var start = ShardPosition.Start.Key;
        var before = new KeyRange(chain, start, first.ToSortableString()) { IsBackwards = true, Limit = 2 };
        await foreach (var item in _table.QueryAsync(before, cancellationToken).ConfigureAwait(false))
        {
            start = Attributes.GetKey(item).Sort;
        }

        var links = new List<Link>();
        await foreach (var item in _table.QueryAsync(new KeyRange(chain, start), cancellationToken).ConfigureAwait(false))
        {
            links.Add(Link.FromItem(item));
            if (links[^1].End.SequenceNumber >= last)
            {
                break;
            }
        }

        return links;
    }

    private async Task<CorrectionResult> CountAsync(
        string shardId, List<(StreamRecord Record, Link Next)> gaps, CorrectionResult result, CancellationToken cancellationToken)
    {
        var chain = CounterKeys.GetCorrections(shardId);
        _ = await _table.TryPutAsync(Attributes.Item(new ItemKey(CounterKeys.Shards, chain)), PutCondition.None, cancellationToken).ConfigureAwait(false);
        var own = 0;
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var (position, counted) = await ReadCountedAsync(chain, cancellationToken).ConfigureAwait(false);
            var rest = gaps.Where(gap => !counted.Contains(gap.Record.SequenceNumber)).ToList();
            var isCurrent = true;
            while (rest.Count > 0 && isCurrent)
            {
                var (link, taken) = await CreateLinkAsync(chain, position, rest, cancellationToken).ConfigureAwait(false);
                isCurrent = await _table.TryPutAsync(link.ToItem(link.Written + _settings.Retention), PutCondition.Absent, cancellationToken).ConfigureAwait(false);
                if (isCurrent)
                {
                    own += taken;
                    position = link.End.Key;
                    rest.RemoveRange(0, taken);
                }
            }

            if (rest.Count == 0)
            {
                return result with { Counted = own, CountedBefore = result.CountedBefore + gaps.Count - own };
            }
        }

        throw new CounterTableException($"Conflicting corrections of shard {shardId} persist. Try again.");
    }

    private async Task<(string Position, HashSet<SequenceNumber> Counted)> ReadCountedAsync(string chain, CancellationToken cancellationToken)
    {
        var plan = await RollupPlan.ReadAsync(_table, cancellationToken).ConfigureAwait(false);
        var position = plan?.GetPosition(chain, plan.Generation) ?? ShardPosition.Start.Key;
        var counted = new HashSet<SequenceNumber>();
        await foreach (var item in _table.QueryAsync(new KeyRange(CounterKeys.GetChain(chain)), cancellationToken).ConfigureAwait(false))
        {
            var link = Link.FromItem(item);
            position = link.End.Key;
            counted.UnionWith(link.Corrects);
        }

        return (position, counted);
    }

    /// <summary>Creates the next correction with as many records, from the first on, as have the same plan and fit.</summary>
    private async Task<(Link Link, int Taken)> CreateLinkAsync(
        string chain, string position, List<(StreamRecord Record, Link Next)> gaps, CancellationToken cancellationToken)
    {
        var next = gaps[0].Next;
        var plan = await _plans.GetAsync(next.Definitions, next.Bounds, cancellationToken).ConfigureAwait(false);
        var count = gaps.TakeWhile(gap => gap.Next.Definitions == next.Definitions && gap.Next.Bounds == next.Bounds).Take(_settings.MaxRecords).Count();
        while (true)
        {
            var link = CreateLink(chain, position, plan, [.. gaps.Take(count).Select(gap => gap.Record)]);
            if (ItemSize.Compute(link.ToItem(link.Written)) <= _settings.MaxLinkBytes)
            {
                return (link, count);
            }

            count = count > 1 ? count / 2 : throw new CounterTableException($"The counts of record {link.First} do not fit into an item.");
        }
    }

    private Link CreateLink(string chain, string position, CounterPlan plan, List<StreamRecord> records)
    {
        var slice = new BatchSlice(plan);
        foreach (var record in records)
        {
            var isFirst = true;
            foreach (ref readonly var user in plan.Reader.Read(record.Data))
            {
                slice.Add(record, user, isFirst);
                isFirst = false;
            }
        }

        return Link.FromSlice(chain, position, ShardPosition.Following(position), slice, plan, _clock.GetUtcNow(), [.. records.Select(record => record.SequenceNumber)]);
    }
}
