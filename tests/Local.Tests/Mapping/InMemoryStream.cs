using System.Globalization;
using System.Text;
using Analytics.Local.Mapping;

namespace Analytics.Local.Tests.Mapping;

/// <summary>A stream in memory whose iterators are <c>shardId/index</c>.</summary>
internal sealed class InMemoryStream : IShardStream
{
    private readonly Lock _gate = new();
    private readonly List<(ShardInfo Info, List<ShardRecord> Records)> _shards = [(new(Some.ShardId, null, null, false), [])];
    private int _sequence;

    /// <summary>How many of the next reads find their iterator expired.</summary>
    public int Expiries { get; set; }

    /// <summary>What happens before each read.</summary>
    public Action BeforeRead { get; set; } = () => { };

    public void Put(string data, string key = "key", string shardId = Some.ShardId)
    {
        lock (_gate)
        {
            _shards.Single(shard => shard.Info.ShardId == shardId).Records.Add(new ShardRecord(
                (++_sequence).ToString(CultureInfo.InvariantCulture), key, Encoding.UTF8.GetBytes(data), DateTimeOffset.UtcNow));
        }
    }

    public void Split(string shardId, params string[] children)
    {
        lock (_gate)
        {
            var index = _shards.FindIndex(shard => shard.Info.ShardId == shardId);
            _shards[index] = (_shards[index].Info with { IsClosed = true }, _shards[index].Records);
            _shards.AddRange(children.Select(child => (new ShardInfo(child, shardId, null, false), new List<ShardRecord>())));
        }
    }

    public Task<IReadOnlyList<ShardInfo>> ListShardsAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<ShardInfo>>([.. _shards.Select(shard => shard.Info)]);
        }
    }

    public Task<string> GetIteratorAsync(string shardId, IteratorPosition position, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var records = _shards.Single(shard => shard.Info.ShardId == shardId).Records;
            var index = position.IsLatest ? records.Count
                : records.FindIndex(record => record.SequenceNumber == position.SequenceNumber) + (position.IsIncluded ? 0 : 1);
            return Task.FromResult($"{shardId}/{index}");
        }
    }

    public Task<ShardPage?> GetRecordsAsync(string iterator, CancellationToken cancellationToken)
    {
        BeforeRead();
        lock (_gate)
        {
            if (Expiries > 0)
            {
                Expiries--;
                return Task.FromResult<ShardPage?>(null);
            }

            var parts = iterator.Split('/');
            var index = int.Parse(parts[1], CultureInfo.InvariantCulture);
            var (info, all) = _shards.Single(shard => shard.Info.ShardId == parts[0]);
            var records = all.Skip(index).Take(3).ToList();
            var next = records.Count == 0 && info.IsClosed ? null : $"{parts[0]}/{index + records.Count}";
            return Task.FromResult<ShardPage?>(new ShardPage(records, next, IsBehind: index + records.Count < all.Count));
        }
    }
}
