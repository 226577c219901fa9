using Amazon.DynamoDBv2;
using Analytics.Counting.Chain;
using Analytics.Counting.Keys;
using Analytics.Counting.RollingUp;
using Analytics.Counting.Storage;
using Analytics.Streaming;

namespace Analytics.Counting;

/// <summary>
/// Appends folds to their shards' chains, each user record once, regardless of redeliveries and batch boundaries. One instance per
/// execution environment; it commits one batch at a time.
/// </summary>
/// <remarks>
/// A link's key is the position that it continues from, and it is put on condition that the key is free. So of all writers that know a
/// position, exactly one continues from it. The others find its link, read the end of the chain, and append the records above it.
/// </remarks>
public sealed class CounterCommitter
{
    /// <summary>Maximum number of attempts. Competing writers win in turns, each with at least one user record; in practice there are two or three.</summary>
    private const int MaxAttempts = 8;

    private const int MaxRememberedShards = 64;

    private readonly CounterPlan _plan;
    private readonly ICounterTable _table;
    private readonly TimeProvider _clock;
    private readonly ChainSettings _settings;
    private readonly ChainReader _chains;
    private readonly Dictionary<string, (ShardPosition Position, DateTimeOffset Known)> _positions = new(StringComparer.Ordinal);

    /// <summary>Creates a committer.</summary>
    /// <param name="plan">The plan of the folds.</param>
    /// <param name="dynamoDb">The client.</param>
    /// <param name="table">The name of the counters table: keys <c>pk</c> and <c>sk</c>, expiry by <c>expiresAt</c>.</param>
    /// <param name="clock">The clock for the time of the write.</param>
    public CounterCommitter(CounterPlan plan, IAmazonDynamoDB dynamoDb, string table, TimeProvider clock)
        : this(plan, new DynamoCounterTable(dynamoDb, table), clock, ChainSettings.Default)
    {
    }

    internal CounterCommitter(CounterPlan plan, ICounterTable table, TimeProvider clock, ChainSettings settings)
    {
        _plan = plan;
        _table = table;
        _clock = clock;
        _settings = settings;
        _chains = new ChainReader(table);
    }

    /// <summary>Appends a fold.</summary>
    /// <returns>Complete, or the lowest sequence number that may not be counted.</returns>
    public async Task<CommitResult> CommitAsync(CounterFold fold, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(fold);
        if (fold.Whole.UserRecords == 0)
        {
            return CommitResult.Complete;
        }

        var shardId = fold.Batch.ShardId;
        var first = fold.Whole.First;
        try
        {
            var position = await GetPositionAsync(shardId, cancellationToken).ConfigureAwait(false);
            for (var failed = 0; ;)
            {
                var (link, isLast) = GetNext(fold, position);
                if (link is null)
                {
                    Remember(shardId, position);
                    return CommitResult.Complete;
                }

                first = link.First;
                if (await _table.TryPutAsync(link.ToItem(link.Written + _settings.Retention), PutCondition.Absent, cancellationToken).ConfigureAwait(false))
                {
                    position = link.End;
                    if (isLast)
                    {
                        Remember(shardId, position);
                        return CommitResult.Complete;
                    }
                }
                else if (++failed < MaxAttempts)
                {
                    position = await ReadPositionAsync(shardId, cancellationToken).ConfigureAwait(false);
                }
                else
                {
                    throw new InvalidOperationException($"Conflicting writes to the chain of shard {shardId} persist.");
                }
            }
        }
#pragma warning disable CA1031 // After any failure, the records from there on are redelivered, and the chain determines which are counted.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _ = _positions.Remove(shardId);
            return CommitResult.FailedFrom(first, exception);
        }
    }

    /// <summary>Creates the next link with as much of the batch above a position as fits into an item, or returns null if nothing is above it.</summary>
    private (Link? Link, bool IsLast) GetNext(CounterFold fold, ShardPosition position)
    {
        var isWhole = position.SequenceNumber is not { } last || fold.Whole.First > last;
        var (slice, end) = isWhole ? (fold.Whole, fold.GetEnd()) : fold.GetAbove(position);
        for (var isLast = true; slice.UserRecords > 0; isLast = false)
        {
            var link = Link.FromSlice(fold.Batch.ShardId, position.Key, end, slice, _plan, _clock.GetUtcNow(), corrects: []);
            if (ItemSize.Compute(link.ToItem(link.Written)) <= _settings.MaxLinkBytes)
            {
                return (link, isLast);
            }

            (slice, end) = slice.UserRecords > 1
                ? fold.GetAbove(position, slice.UserRecords / 2)
                : throw new InvalidOperationException($"The counts of record {slice.First} of shard {fold.Batch.ShardId} do not fit into an item.");
        }

        return (null, true);
    }

    private Task<ShardPosition> GetPositionAsync(string shardId, CancellationToken cancellationToken) =>
        _positions.TryGetValue(shardId, out var known) && _clock.GetUtcNow() - known.Known < _settings.MemoryLifetime
            ? Task.FromResult(known.Position)
            : ReadPositionAsync(shardId, cancellationToken);

    /// <summary>
    /// Reads the end of a chain. If there is no link, there never was one, or all have expired: then they are rolled up, and the plan of the rollup
    /// has the position. A shard is listed before its first link is put, so that no chain is overlooked.
    /// </summary>
    private async Task<ShardPosition> ReadPositionAsync(string shardId, CancellationToken cancellationToken)
    {
        var last = await _chains.ReadLastAsync(shardId, cancellationToken).ConfigureAwait(false);
        if (last?.Definitions != _plan.Set.Hash)
        {
            _ = await _table.TryPutAsync(StoredDefinitions.ToItem(_plan.Set), PutCondition.None, cancellationToken).ConfigureAwait(false);
        }

        if (last is not null)
        {
            return last.End;
        }

        if (await RollupPlan.ReadAsync(_table, cancellationToken).ConfigureAwait(false) is { } plan && plan.Shards.TryGetValue(shardId, out var progress))
        {
            // A link that was put since the first read has more details of its position than the plan.
            last = await _chains.ReadLastAsync(shardId, cancellationToken).ConfigureAwait(false);
            return last?.End ?? ShardPosition.Parse(progress.To, counted: null);
        }

        var shard = Attributes.Item(new ItemKey(CounterKeys.Shards, shardId));
        _ = await _table.TryPutAsync(shard, PutCondition.None, cancellationToken).ConfigureAwait(false);
        return ShardPosition.Start;
    }

    private void Remember(string shardId, ShardPosition position)
    {
        if (_positions.Count >= MaxRememberedShards && !_positions.ContainsKey(shardId))
        {
            _positions.Clear();
        }

        _positions[shardId] = (position, _clock.GetUtcNow());
    }
}
