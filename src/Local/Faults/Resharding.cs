using System.Globalization;
using System.Numerics;
using Amazon.Kinesis;
using Amazon.Kinesis.Model;

namespace Analytics.Local.Faults;

/// <summary>Splits and merges shards of a stream, and waits for completion.</summary>
/// <param name="kinesis">The Kinesis client.</param>
/// <param name="streamName">The stream.</param>
/// <param name="clock">The clock for waits.</param>
public sealed class Resharding(IAmazonKinesis kinesis, string streamName, TimeProvider clock)
{
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(50);

    /// <summary>Splits the open shard with the widest range of hash keys in the middle.</summary>
    public async Task SplitAsync(CancellationToken cancellationToken)
    {
        var widest = (await OpenShardsAsync(cancellationToken)).MaxBy(shard => shard.End - shard.Start)!;
        await kinesis.SplitShardAsync(
            new SplitShardRequest
            {
                StreamName = streamName,
                ShardToSplit = widest.Id,
                NewStartingHashKey = (widest.Start + ((widest.End - widest.Start) / 2) + 1).ToString(CultureInfo.InvariantCulture),
            },
            cancellationToken);
        await WaitUntilActiveAsync(cancellationToken);
    }

    /// <summary>Merges the two adjacent shards with the narrowest combined range of hash keys.</summary>
    /// <returns>False if the stream has only one shard.</returns>
    public async Task<bool> MergeAsync(CancellationToken cancellationToken)
    {
        var shards = (await OpenShardsAsync(cancellationToken)).OrderBy(shard => shard.Start).ToList();
        if (shards.Count < 2)
        {
            return false;
        }

        var (left, right) = shards.Zip(shards.Skip(1)).MinBy(pair => pair.Second.End - pair.First.Start);
        await kinesis.MergeShardsAsync(
            new MergeShardsRequest { StreamName = streamName, ShardToMerge = left.Id, AdjacentShardToMerge = right.Id }, cancellationToken);
        await WaitUntilActiveAsync(cancellationToken);
        return true;
    }

    private async Task<List<OpenShard>> OpenShardsAsync(CancellationToken cancellationToken)
    {
        var open = new List<OpenShard>();
        string? token = null;
        do
        {
            var page = await kinesis.ListShardsAsync(
                token is null ? new ListShardsRequest { StreamName = streamName } : new ListShardsRequest { NextToken = token }, cancellationToken);
            open.AddRange(page.Shards.Where(shard => shard.SequenceNumberRange.EndingSequenceNumber is null).Select(shard => new OpenShard(
                shard.ShardId, Parse(shard.HashKeyRange.StartingHashKey), Parse(shard.HashKeyRange.EndingHashKey))));
            token = page.NextToken;
        }
        while (!string.IsNullOrEmpty(token));
        return open;
    }

    private async Task WaitUntilActiveAsync(CancellationToken cancellationToken)
    {
        while ((await kinesis.DescribeStreamSummaryAsync(new DescribeStreamSummaryRequest { StreamName = streamName }, cancellationToken))
            .StreamDescriptionSummary.StreamStatus != StreamStatus.ACTIVE)
        {
            await Task.Delay(Rest, clock, cancellationToken);
        }
    }

    private static BigInteger Parse(string hashKey) => BigInteger.Parse(hashKey, NumberStyles.None, CultureInfo.InvariantCulture);

    private sealed record OpenShard(string Id, BigInteger Start, BigInteger End);
}
