using System.Runtime.CompilerServices;
using Amazon.Kinesis;
using Amazon.Kinesis.Model;

namespace Analytics.Cli.Targets;

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
            var iterator = start.ShardIterator;
            while (iterator is not null)
            {
                var page = await client.GetRecordsAsync(new GetRecordsRequest { ShardIterator = iterator }, cancellationToken);
                foreach (var record in page.Records ?? [])
                {
                    yield return (shardId, record);
                }

                iterator = page.Records is { Count: > 0 } || page.MillisBehindLatest > 0 ? page.NextShardIterator : null;
            }
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
