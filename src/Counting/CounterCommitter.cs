using Amazon.DynamoDBv2;
using Analytics.Counting.Committing;
using Analytics.Counting.Keys;
using Analytics.Counting.Partials;
using Analytics.Streaming;

namespace Analytics.Counting;

/// <summary>
/// Writes folds to the counters' table, each record once, however often and in whatever batches its shard delivers it. One for the life of an
/// environment; it commits one batch at a time.
/// </summary>
/// <remarks>
/// A partial holds the highest sequence number of its shard up to which records are in it. A write adds records and moves it up in one conditional
/// call, on the condition that none of the records is in it yet. When the condition fails, the watermark tells which records are: all of
/// them, as after an answer that was lost, or those up to it, and the batch is folded again above it.
/// </remarks>
public sealed class CounterCommitter
{
    private const int MaxParallelWrites = 64;
    private const int MaxRounds = 4;

    private readonly CounterPlan _plan;
    private readonly ICounterTable _table;
    private readonly TimeProvider _clock;
    private readonly ValueAdmission _admission;
    private readonly PartialCache _cache;
    private int _writes;

    /// <summary>Makes a committer.</summary>
    /// <param name="plan">What is counted; the folds' own plan.</param>
    /// <param name="dynamoDb">The client.</param>
    /// <param name="table">The name of the counters' table: keys <c>pk</c> and <c>sk</c>, expiry by <c>expiresAt</c>.</param>
    /// <param name="clock">Tells the time of writing.</param>
    public CounterCommitter(CounterPlan plan, IAmazonDynamoDB dynamoDb, string table, TimeProvider clock)
        : this(plan, new DynamoCounterTable(dynamoDb, table, clock), clock, MemoryBounds.Default)
    {
    }

    internal CounterCommitter(CounterPlan plan, ICounterTable table, TimeProvider clock, MemoryBounds memory)
    {
        _plan = plan;
        _table = table;
        _clock = clock;
        _admission = new ValueAdmission(plan, table, clock, memory.Values);
        _cache = new PartialCache(memory.PartialBytes);
    }

    /// <summary>Writes a fold.</summary>
    /// <returns>What is written of it, and by how many writes of partials.</returns>
    public async Task<CounterCommit> CommitAsync(CounterFold fold, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(fold);
        _writes = 0;
        var failures = new CommitFailures();
        var pending = await PendingAsync(fold, failures, cancellationToken).ConfigureAwait(false);
        var unwritten = pending;
        for (var round = 1; unwritten.Count > 0; round++)
        {
            await WriteAllAsync(fold, unwritten, failures, cancellationToken).ConfigureAwait(false);
            unwritten = unwritten.FindAll(partial => partial.IsToBeFoldedAgain && !failures.Contains(partial.Cells[0]));
            if (unwritten.Count == 0)
            {
                break;
            }

            if (round == MaxRounds)
            {
                _ = await failures.CatchAsync(unwritten.SelectMany(partial => partial.Cells), static () => throw Contended()).ConfigureAwait(false);
                break;
            }

            FoldAgain(fold, unwritten);
        }

        Remember(fold, pending);
        return new CounterCommit(failures.Result(fold), _writes);
    }

    private static InvalidOperationException Contended() => new("Another writer changed the same partials again and again.");

    private async Task<List<PendingPartial>> PendingAsync(CounterFold fold, CommitFailures failures, CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        var shardId = fold.Batch.ShardId;
        var limited = fold.Cells.Where(cell => _plan.Counters[cell.Value.Counter].IsLimited);
        var turnedAway = await _admission.TurnAwayAsync(limited, shardId, now, failures, cancellationToken).ConfigureAwait(false);
        var pending = new Dictionary<ItemKey, PendingPartial>();
        foreach (var cell in fold.Cells)
        {
            if (failures.Contains(cell))
            {
                continue;
            }

            var counter = _plan.Counters[cell.Value.Counter];
            var value = turnedAway.Contains(cell) ? ValueText.Other : cell.Value.Encoded;
            var key = new ItemKey(cell.PartitionKey(counter.Definition.Name), CounterKeys.Sort(value, shardId));
            if (!pending.TryGetValue(key, out var partial))
            {
                partial = new PendingPartial(counter, key, value, counter.ExpiryOf(cell.Window, cell.Start, now))
                {
                    Stored = counter.IsAdditive ? null : _cache.Find(key),
                };
                pending.Add(key, partial);
            }

            partial.Cells.Add(cell);
        }

        return [.. pending.Values];
    }

    private Task WriteAllAsync(CounterFold fold, List<PendingPartial> pending, CommitFailures failures, CancellationToken cancellationToken)
    {
        var watermark = fold.LastSequenceNumber;
        return Parallel.ForEachAsync(
            pending,
            new ParallelOptions { MaxDegreeOfParallelism = MaxParallelWrites },
            async (partial, _) =>
                await failures.CatchAsync(partial.Cells, () => WriteAsync(fold, partial, watermark, cancellationToken)).ConfigureAwait(false));
    }

    private async Task WriteAsync(CounterFold fold, PendingPartial pending, SequenceNumber watermark, CancellationToken cancellationToken)
    {
        if (pending.IsEmpty)
        {
            pending.IsWritten = true;
            return;
        }

        for (var attempt = 1; attempt <= MaxRounds; attempt++)
        {
            if (pending.Stored?.Watermark is { } stored)
            {
                pending.Compare(fold, stored);
                if (pending.IsWritten || pending.IsToBeFoldedAgain)
                {
                    return;
                }
            }

            var write = WriteOf(fold, pending, watermark);
            _ = Interlocked.Increment(ref _writes);
            var conflicting = await _table.WriteAsync(write, cancellationToken).ConfigureAwait(false);
            if (conflicting is null)
            {
                pending.Stored = write.IsAddition ? null : new StoredPartial(write.Partial, watermark, pending.Stored?.Revision ?? 0);
                pending.IsWritten = true;
                return;
            }

            pending.Stored = conflicting;
        }

        throw Contended();
    }

    private static PartialWrite WriteOf(CounterFold fold, PendingPartial pending, SequenceNumber watermark)
    {
        var partial = pending.Partial();
        var isAddition = pending.Counter.IsAdditive;
        if (!isAddition && pending.Stored is { Watermark: not null } stored)
        {
            var added = partial;
            partial = stored.Partial.Copy();
            partial.Merge(added);
        }

        return new PartialWrite
        {
            Key = pending.Key,
            Condition = pending.Stored is { Watermark: { } was, Revision: var revision } ? WriteCondition.Is(was, revision)
                : isAddition ? WriteCondition.AbsentOrBelow(fold.SequenceNumberAt(pending.First))
                : WriteCondition.Absent,
            Partial = partial,
            IsAddition = isAddition,
            Watermark = watermark,
            Expiry = pending.Expiry,
        };
    }

    private static void FoldAgain(CounterFold fold, List<PendingPartial> pending)
    {
        foreach (var partial in pending)
        {
            partial.Restart(fold);
        }

        fold.FoldAgain();
        foreach (var partial in pending)
        {
            partial.Settle();
        }
    }

    private void Remember(CounterFold fold, List<PendingPartial> pending)
    {
        foreach (var partial in pending)
        {
            if (partial is { IsWritten: true, Counter.IsLimited: true, Value: not ValueText.Other })
            {
                _admission.Confirm(partial.Cells[0], fold.Batch.ShardId);
            }

            if (partial.Counter.IsAdditive)
            {
                continue;
            }

            if (partial is { IsWritten: true, Stored: { } stored })
            {
                _cache.Keep(partial.Key, stored);
            }
            else
            {
                _cache.Remove(partial.Key);
            }
        }
    }
}
