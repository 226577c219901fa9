using System.Runtime.CompilerServices;
using Analytics.Counting.Keys;
using Analytics.Counting.Storage;

namespace Analytics.Counting.Chain;

/// <summary>Reads shards' chains.</summary>
internal sealed class ChainReader(ICounterTable table)
{
    /// <summary>Reads the shards that have chains, by identifier.</summary>
    public async Task<List<string>> ReadShardsAsync(CancellationToken cancellationToken)
    {
        var shards = new List<string>();
        await foreach (var item in table.QueryAsync(new KeyRange(CounterKeys.Shards), cancellationToken).ConfigureAwait(false))
        {
            shards.Add(Attributes.GetKey(item).Sort);
        }

        return shards;
    }

    /// <summary>Reads the last link of a shard's chain, or returns null if it has none.</summary>
    public async Task<Link?> ReadLastAsync(string shardId, CancellationToken cancellationToken)
    {
        var range = new KeyRange(CounterKeys.GetChain(shardId)) { IsBackwards = true, Limit = 1 };
        await foreach (var item in table.QueryAsync(range, cancellationToken).ConfigureAwait(false))
        {
            return Link.FromItem(item);
        }

        return null;
    }

    /// <summary>Reads the links of a chain between two positions, in order.</summary>
    /// <param name="shardId">The shard.</param>
    /// <param name="from">The key of the position that the first link continues from.</param>
    /// <param name="to">The key of the position after the last link, or null for the end of the chain.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="CounterTableException">A link is damaged or missing.</exception>
    public async IAsyncEnumerable<Link> ReadAsync(
        string shardId, string from, string? to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var position = from;
        await foreach (var item in table.QueryAsync(new KeyRange(CounterKeys.GetChain(shardId), from, to), cancellationToken).ConfigureAwait(false))
        {
            if (position == to)
            {
                yield break;
            }

            var link = Link.FromItem(item);
            if (link.From != position)
            {
                throw Broken(shardId, position, link.From);
            }

            yield return link;
            position = link.End.Key;
        }

        if (to is not null && position != to)
        {
            throw Broken(shardId, position, to);
        }
    }

    private static CounterTableException Broken(string shardId, string position, string next) =>
        new($"The chain of shard {shardId} in the counters table has no link that continues from {position} but continues at {next}. Restore it from a backup of the table; `analytics audit` reports the records that are not counted.");
}
