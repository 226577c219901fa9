using System.Collections.Concurrent;
using System.Globalization;
using Amazon.Kinesis;
using Analytics.Local.Mapping;
using Analytics.Local.Tests.Services;

namespace Analytics.Local.Tests.Mapping;

/// <summary>Splits and merges of the local Kinesis while records are put.</summary>
[Collection(EmulatorTests.Name)]
public sealed class ReshardingTests : IDisposable
{
    private const int Count = 8_000;

    private readonly IAmazonKinesis _kinesis;
    private readonly string _folder = Directory.CreateTempSubdirectory("resharding").FullName;
    private readonly RecordingInvoker _invoker = new();
    private readonly CancellationTokenSource _timeout = new(TimeSpan.FromMinutes(10));
    private readonly ConcurrentQueue<string> _began = new();
    private readonly ConcurrentDictionary<string, IReadOnlyCollection<string>> _begunBeforeEnd = new();

    public ReshardingTests(EmulatorFixture services)
    {
        _kinesis = services.Endpoints.CreateKinesis();
        _invoker.Function = async (call, _) =>
        {
            var shard = GetShard(call);
            _began.Enqueue(shard);
            await Task.Yield();
            _begunBeforeEnd[shard] = [.. _began.Distinct()];
            return Some.Success;
        };
    }

    public void Dispose()
    {
        _kinesis.Dispose();
        _timeout.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task SplitsAndMergesNeitherLoseNorRepeatNorReorderRecords(int lanes)
    {
        var stream = await KinesisTestStream.CreateAsync(_kinesis, $"resharded-{Guid.NewGuid():N}", shards: 4, _timeout.Token);
        await using var mapping = await StartAsync(stream, lanes);
        var resharding = ReshardAsync(stream, mapping);
        var count = 0;
        while (count < Count || !resharding.IsCompleted)
        {
            await stream.PutAsync(count, 100);
            count += 100;
        }

        await resharding;
        await stream.PutAsync(count, 100);
        count += 100;
        await mapping.DrainAsync(_timeout.Token);

        AssertEachOnceAndInTheOrderOfItsKey(count);
        Assert.Equal((count, count), (mapping.Statistics.Records, mapping.Statistics.PolledEventCount));
        var shards = await stream.ShardsAsync();
        Assert.Equal(9, shards.Count);
        foreach (var shard in shards)
        {
            foreach (var parent in new[] { shard.ParentShardId, shard.AdjacentParentShardId }.OfType<string>().Where(_begunBeforeEnd.ContainsKey))
            {
                Assert.DoesNotContain(shard.ShardId, _begunBeforeEnd[parent]);
            }
        }

        Assert.Contains(shards, shard => shard.ParentShardId is not null && _begunBeforeEnd.ContainsKey(shard.ShardId));
        Assert.Contains(shards, shard => shard.AdjacentParentShardId is not null && _begunBeforeEnd.ContainsKey(shard.ShardId));
    }

    [Fact]
    public async Task AMappingThatStartsAfterwardsReadsTheParentsFirst()
    {
        var stream = await KinesisTestStream.CreateAsync(_kinesis, $"resharded-{Guid.NewGuid():N}", shards: 4, _timeout.Token);
        await stream.PutAsync(0, Count / 4);
        await stream.SplitAsync(KinesisTestStream.ShardId(1));
        await stream.PutAsync(Count / 4, Count / 4);
        await stream.MergeAdjacentAsync();
        await stream.PutAsync(Count / 2, Count / 2);
        await using var mapping = await StartAsync(stream, lanes: 1);
        await mapping.DrainAsync(_timeout.Token);

        AssertEachOnceAndInTheOrderOfItsKey(Count);
    }

    private static string GetShard(RecordingInvoker.Call call) => call.EnvironmentKey.Split('/')[0];

    private async Task<EventSourceMapping> StartAsync(KinesisTestStream stream, int lanes)
    {
        var configuration = Some.Configuration with
        {
            StreamName = stream.Name,
            StreamArn = $"arn:aws:kinesis:us-east-1:000000000000:stream/{stream.Name}",
            ParallelizationFactor = lanes,
            OnFailureDestinationArn = null,
        };
        var mapping = new EventSourceMapping(
            configuration, _kinesis, _invoker, new FileCheckpointStore(_folder), onFailure: null, TimeProvider.System);
        await mapping.StartAsync(_timeout.Token);
        return mapping;
    }

    private async Task ReshardAsync(KinesisTestStream stream, EventSourceMapping mapping)
    {
        await UntilReadAsync(mapping, Count / 8);
        await stream.SplitAsync(KinesisTestStream.ShardId(0));
        await UntilReadAsync(mapping, Count * 2 / 8);
        await stream.SplitAsync(KinesisTestStream.ShardId(2));
        await UntilReadAsync(mapping, Count * 3 / 8);
        await stream.MergeAdjacentAsync();
    }

    private static Task UntilReadAsync(EventSourceMapping mapping, int count) => Eventually.HoldsAsync(() => mapping.Statistics.PolledEventCount >= count);

    private void AssertEachOnceAndInTheOrderOfItsKey(int count)
    {
        var numbers = _invoker.Data.Select(data => int.Parse(data, CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(Enumerable.Range(0, count), numbers.Order());
        Assert.All(numbers.GroupBy(number => number % KinesisTestStream.KeyCount), key => Assert.Equal(key.Order(), key));
    }
}
