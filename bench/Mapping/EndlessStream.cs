using System.Globalization;
using Analytics.Local.Mapping;

namespace Analytics.Local.Benchmarks;

/// <summary>One shard that always has 10,000 more records of 300 bytes, so that no invocation has to wait for records.</summary>
internal sealed class EndlessStream : IShardStream
{
    private readonly byte[] _data = new byte[300];
    private long _sequence;

    public Task<IReadOnlyList<ShardInfo>> ListShardsAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ShardInfo>>([new ShardInfo("shardId-000000000000", null, null, IsClosed: false)]);

    public Task<string> GetIteratorAsync(string shardId, IteratorPosition position, CancellationToken cancellationToken) => Task.FromResult("next");

    public Task<ShardPage?> GetRecordsAsync(string iterator, CancellationToken cancellationToken)
    {
        var records = new ShardRecord[10_000];
        for (var i = 0; i < records.Length; i++)
        {
            _sequence++;
            records[i] = new ShardRecord(
                (49_590_338_271_490_256m + _sequence).ToString(CultureInfo.InvariantCulture), "user-1", _data, DateTimeOffset.UtcNow);
        }

        return Task.FromResult<ShardPage?>(new ShardPage(records, "next", IsBehind: true));
    }
}
