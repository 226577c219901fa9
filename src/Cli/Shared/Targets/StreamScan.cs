using System.Runtime.CompilerServices;
using Amazon.Kinesis;
using Amazon.Kinesis.Model;

namespace Analytics.Cli.Shared.Targets;

/// <summary>Reads all that a stream holds now, shard by shard, from its oldest record on.</summary>
internal static class StreamScan
{
    /// <summary>The records and the shards that hold them; each shard's in their order.</summary>
    public static async IAsyncEnumerable<(string ShardId, Record Record)> ReadAsync(
        IAmazonKinesis client, string streamName, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var shardId in await ShardsAsync(client, streamName, cancellationToken))
        {
            var start = await client.GetShardIteratorAsync(
                new GetShardIteratorRequest { StreamName = streamName, ShardId = shardId, ShardIteratorType = ShardIteratorType.TRIM_HORIZON },
                cancellationToken);
            await foreach (var record in FromAsync(client, start.ShardIterator, cancellationToken))
            {
                yield return (shardId, record);
            }
        }
    }

    /// <summary>The records of a shard from a place on, up to those that it has now.</summary>
    public static async IAsyncEnumerable<Record> FromAsync(
        IAmazonKinesis client, string? iterator, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (iterator is { Length: > 0 })
        {
            var page = await client.GetRecordsAsync(new GetRecordsRequest { ShardIterator = iterator }, cancellationToken);
            foreach (var record in page.Records ?? [])
            {
                yield return record;
            }

            iterator = page.Records is { Count: > 0 } || page.MillisBehindLatest > 0 ? page.NextShardIterator : null;
        }
    }

    /// <summary>The shards that the stream has, closed ones too; parents before their children.</summary>
    public static async Task<IReadOnlyList<string>> ShardsAsync(IAmazonKinesis client, string streamName, CancellationToken cancellationToken)
    {
        var shards = new List<string>();
        string? next = null;
        do
        {
            // A page after the first is named by its token alone.
            var page = await client.ListShardsAsync(
                next is null ? new ListShardsRequest { StreamName = streamName } : new ListShardsRequest { NextToken = next }, cancellationToken);
            shards.AddRange(page.Shards.Select(shard => shard.ShardId));
            next = page.NextToken;
        }
        while (next is not null);
        return shards;
    }
}
