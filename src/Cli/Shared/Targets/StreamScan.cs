using System.Runtime.CompilerServices;
using Amazon.Kinesis;
using Amazon.Kinesis.Model;

namespace Analytics.Cli.Shared.Targets;

/// <summary>Reads the current content of a stream, shard by shard, from its oldest record on.</summary>
internal static class StreamScan
{
    /// <summary>Reads the records with their shards; in order per shard.</summary>
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

    /// <summary>Reads the records of a shard from a position up to its current end.</summary>
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

    /// <summary>Lists the shards of the stream, including closed ones; parents before children.</summary>
    public static async Task<IReadOnlyList<string>> ShardsAsync(IAmazonKinesis client, string streamName, CancellationToken cancellationToken)
    {
        var shards = new List<string>();
        string? next = null;
        do
        {
            // Pages after the first are requested by token only.
            var page = await client.ListShardsAsync(
                next is null ? new ListShardsRequest { StreamName = streamName } : new ListShardsRequest { NextToken = next }, cancellationToken);
            shards.AddRange(page.Shards.Select(shard => shard.ShardId));
            next = page.NextToken;
        }
        while (next is not null);
        return shards;
    }
}
