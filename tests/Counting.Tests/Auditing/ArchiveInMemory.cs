using System.Runtime.CompilerServices;
using Analytics.Counting.Auditing;
using Analytics.Streaming;

namespace Analytics.Counting.Tests.Auditing;

/// <summary>An archive in memory, from which records can be removed.</summary>
internal sealed class ArchiveInMemory : IAuditedArchive
{
    public Dictionary<string, SortedDictionary<SequenceNumber, StreamRecord>> Shards { get; } = new(StringComparer.Ordinal);

    public void Add(StreamRecord record)
    {
        if (!Shards.TryGetValue(record.ShardId, out var shard))
        {
            Shards.Add(record.ShardId, shard = []);
        }

        shard.Add(record.SequenceNumber, record);
    }

    public Task<IReadOnlyList<string>> GetShardsAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>([.. Shards.Keys]);

    public async IAsyncEnumerable<ArchivedUserRecord> ReadAsync(string shardId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = new Analytics.Events.EventReader(Analytics.Events.EventLimits.Default);
        foreach (var (sequenceNumber, record) in Shards.GetValueOrDefault(shardId) ?? [])
        {
            var users = new List<ArchivedUserRecord>();
            foreach (ref readonly var user in reader.Read(record.Data))
            {
                users.Add(new ArchivedUserRecord(sequenceNumber, user.IsEvent, record.ArrivalTime, user.Data.ToArray()));
            }

            foreach (var user in users)
            {
                yield return user;
            }
        }

        await Task.CompletedTask;
    }
}
