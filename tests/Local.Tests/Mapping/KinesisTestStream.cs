using System.Globalization;
using System.Numerics;
using System.Text;
using Amazon.Kinesis;
using Amazon.Kinesis.Model;

namespace Analytics.Local.Tests.Mapping;

/// <summary>A stream of the local Kinesis that is written and resharded. A record's data is a number, its key one of twenty.</summary>
internal sealed class KinesisTestStream(IAmazonKinesis kinesis, string name, CancellationToken cancellationToken)
{
    /// <summary>How many keys the records have: the key of a number is its remainder.</summary>
    public const int KeyCount = 20;

    private const int PutSize = 100;

    public string Name => name;

    public static async Task<KinesisTestStream> CreateAsync(IAmazonKinesis kinesis, string name, int shards, CancellationToken cancellationToken)
    {
        await kinesis.CreateStreamAsync(new CreateStreamRequest { StreamName = name, ShardCount = shards }, cancellationToken);
        var stream = new KinesisTestStream(kinesis, name, cancellationToken);
        await stream.WaitUntilActiveAsync();
        return stream;
    }

    public static string ShardId(int index) => $"shardId-{index.ToString("D12", CultureInfo.InvariantCulture)}";

    /// <summary>Puts the numbers from <paramref name="first"/>, each with its key, in order.</summary>
    public async Task PutAsync(int first, int count)
    {
        foreach (var chunk in Enumerable.Range(first, count).Chunk(PutSize))
        {
            var response = await kinesis.PutRecordsAsync(
                new PutRecordsRequest
                {
                    StreamName = name,
                    Records = [.. chunk.Select(number => new PutRecordsRequestEntry
                    {
                        PartitionKey = $"key-{number % KeyCount}",
                        Data = new MemoryStream(Encoding.UTF8.GetBytes(number.ToString(CultureInfo.InvariantCulture))),
                    })],
                },
                cancellationToken);
            Assert.Equal(0, response.FailedRecordCount);
        }
    }

    /// <summary>All shards, closed ones too.</summary>
    public async Task<IReadOnlyList<Shard>> ShardsAsync() =>
        (await kinesis.ListShardsAsync(new ListShardsRequest { StreamName = name }, cancellationToken)).Shards;

    /// <summary>Splits a shard in the middle.</summary>
    public async Task SplitAsync(string shardId)
    {
        var range = (await ShardsAsync()).Single(candidate => candidate.ShardId == shardId).HashKeyRange;
        await kinesis.SplitShardAsync(
            new SplitShardRequest
            {
                StreamName = name,
                ShardToSplit = shardId,
                NewStartingHashKey = ((Key(range.StartingHashKey) + Key(range.EndingHashKey)) / 2).ToString(CultureInfo.InvariantCulture),
            },
            cancellationToken);
        await WaitUntilActiveAsync();
    }

    /// <summary>Merges the second and the third open shard, in the order of their hash keys.</summary>
    public async Task MergeAdjacentAsync()
    {
        var open = (await ShardsAsync()).Where(shard => shard.SequenceNumberRange.EndingSequenceNumber is null)
            .OrderBy(shard => Key(shard.HashKeyRange.StartingHashKey)).ToList();
        await kinesis.MergeShardsAsync(
            new MergeShardsRequest { StreamName = name, ShardToMerge = open[1].ShardId, AdjacentShardToMerge = open[2].ShardId }, cancellationToken);
        await WaitUntilActiveAsync();
    }

    private static BigInteger Key(string text) => BigInteger.Parse(text, CultureInfo.InvariantCulture);

    private async Task WaitUntilActiveAsync()
    {
        while ((await kinesis.DescribeStreamSummaryAsync(new DescribeStreamSummaryRequest { StreamName = name }, cancellationToken))
            .StreamDescriptionSummary.StreamStatus != StreamStatus.ACTIVE)
        {
            await Task.Delay(10, cancellationToken);
        }
    }
}
