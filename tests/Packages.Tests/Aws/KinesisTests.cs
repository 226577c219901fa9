using System.Numerics;
using System.Text;
using Amazon.Kinesis;
using Amazon.Kinesis.Model;
using Amazon.Runtime;
using Record = Amazon.Kinesis.Model.Record;

namespace Analytics.Packages.Tests.Aws;

/// <summary>The client against an emulator of the Kinesis protocol.</summary>
[Collection(EmulatorsCollection.Name)]
public sealed class KinesisTests(Emulators emulators) : IDisposable
{
    private readonly AmazonKinesisClient _kinesis = emulators.Kinesis();

    public void Dispose() => _kinesis.Dispose();

    [Fact]
    public async Task RecordsAreReadBackByteForByteInOrder()
    {
        var stream = await CreateStreamAsync(1);
        byte[][] data = [[0, 255, 254, 43, 47], Encoding.UTF8.GetBytes("zwölf"), [], new byte[70_000]];
        var before = DateTime.UtcNow.AddSeconds(-1);

        var put = await _kinesis.PutRecordsAsync(new PutRecordsRequest
        {
            StreamName = stream,
            Records = [.. data.Select((bytes, index) => new PutRecordsRequestEntry { Data = new MemoryStream(bytes), PartitionKey = $"key-{index}" })],
        });
        var read = await ReadAllAsync(stream, "shardId-000000000000", data.Length);

        Assert.Equal(0, put.FailedRecordCount);
        Assert.All(put.Records, record => Assert.Null(record.ErrorCode));
        Assert.Equal(data, read.Select(record => record.Data.ToArray()));
        Assert.Equal(["key-0", "key-1", "key-2", "key-3"], read.Select(record => record.PartitionKey));
        Assert.Equal(put.Records.Select(record => record.SequenceNumber), read.Select(record => record.SequenceNumber));
        Assert.All(read, record => Assert.InRange(record.ApproximateArrivalTimestamp!.Value, before, DateTime.UtcNow.AddSeconds(1)));
        Assert.All(read, record => Assert.Equal(DateTimeKind.Utc, record.ApproximateArrivalTimestamp!.Value.Kind));
    }

    [Fact]
    public async Task ARecordIsFoundAtItsSequenceNumberAndAtItsTime()
    {
        var stream = await CreateStreamAsync(1);
        var first = await _kinesis.PutRecordAsync(new PutRecordRequest { StreamName = stream, PartitionKey = "a", Data = Bytes("1") });
        var second = await _kinesis.PutRecordAsync(new PutRecordRequest { StreamName = stream, PartitionKey = "a", Data = Bytes("2"), SequenceNumberForOrdering = first.SequenceNumber });

        async Task<string> FirstReadAsync(GetShardIteratorRequest request)
        {
            request.StreamName = stream;
            request.ShardId = second.ShardId;
            var iterator = await _kinesis.GetShardIteratorAsync(request);
            var read = await _kinesis.GetRecordsAsync(new GetRecordsRequest { ShardIterator = iterator.ShardIterator, Limit = 1 });
            Assert.NotNull(read.NextShardIterator);
            Assert.NotNull(read.MillisBehindLatest);
            return Encoding.UTF8.GetString(Assert.Single(read.Records).Data.ToArray());
        }

        Assert.Equal("1", await FirstReadAsync(new() { ShardIteratorType = ShardIteratorType.AT_SEQUENCE_NUMBER, StartingSequenceNumber = first.SequenceNumber }));
        Assert.Equal("2", await FirstReadAsync(new() { ShardIteratorType = ShardIteratorType.AFTER_SEQUENCE_NUMBER, StartingSequenceNumber = first.SequenceNumber }));
        Assert.Equal("1", await FirstReadAsync(new() { ShardIteratorType = ShardIteratorType.AT_TIMESTAMP, Timestamp = DateTime.UtcNow.AddMinutes(-1) }));
    }

    [Fact]
    public async Task AStreamIsDescribedListedAndDeleted()
    {
        var stream = await CreateStreamAsync(3);

        var summary = (await _kinesis.DescribeStreamSummaryAsync(new DescribeStreamSummaryRequest { StreamName = stream })).StreamDescriptionSummary;
        var description = (await _kinesis.DescribeStreamAsync(new DescribeStreamRequest { StreamName = stream })).StreamDescription;
        var shards = await _kinesis.ListShardsAsync(new ListShardsRequest { StreamName = stream });
        var laterShards = await _kinesis.ListShardsAsync(new ListShardsRequest { StreamName = stream, ExclusiveStartShardId = shards.Shards[0].ShardId });

        Assert.Equal(3, summary.OpenShardCount);
        Assert.Equal(StreamStatus.ACTIVE, summary.StreamStatus);
        Assert.EndsWith($":stream/{stream}", summary.StreamARN);
        Assert.False(description.HasMoreShards);
        Assert.Equal(24, description.RetentionPeriodHours);
        Assert.Equal(3, description.Shards.Select(shard => shard.ShardId).Distinct().Count());
        Assert.Equal(description.Shards.Select(shard => shard.ShardId), shards.Shards.Select(shard => shard.ShardId));
        Assert.Equal(shards.Shards.Skip(1).Select(shard => shard.ShardId), laterShards.Shards.Select(shard => shard.ShardId));
        Assert.Equal("0", description.Shards[0].HashKeyRange.StartingHashKey);
        Assert.NotNull(description.Shards[0].SequenceNumberRange.StartingSequenceNumber);
        Assert.Null(description.Shards[0].SequenceNumberRange.EndingSequenceNumber);
        Assert.Contains(stream, (await _kinesis.ListStreamsAsync(new ListStreamsRequest())).StreamNames);

        await _kinesis.DeleteStreamAsync(new DeleteStreamRequest { StreamName = stream });
        await Eventually.GetAsync(() => _kinesis.ListStreamsAsync(new ListStreamsRequest()), streams => !streams.StreamNames.Contains(stream));
    }

    [Fact]
    public async Task AShardIsSplitAndItsHalvesAreMerged()
    {
        var stream = await CreateStreamAsync(1);
        var parent = (await _kinesis.ListShardsAsync(new ListShardsRequest { StreamName = stream })).Shards.Single();
        var middle = (BigInteger.Parse(parent.HashKeyRange.EndingHashKey) / 2).ToString();

        await _kinesis.SplitShardAsync(new SplitShardRequest { StreamName = stream, ShardToSplit = parent.ShardId, NewStartingHashKey = middle });
        await WaitUntilActiveAsync(stream);
        var halves = (await _kinesis.ListShardsAsync(new ListShardsRequest { StreamName = stream })).Shards.Where(shard => shard.ParentShardId == parent.ShardId).ToList();
        await _kinesis.MergeShardsAsync(new MergeShardsRequest { StreamName = stream, ShardToMerge = halves[0].ShardId, AdjacentShardToMerge = halves[1].ShardId });
        await WaitUntilActiveAsync(stream);
        var merged = (await _kinesis.ListShardsAsync(new ListShardsRequest { StreamName = stream })).Shards[^1];

        Assert.Equal(middle, halves[1].HashKeyRange.StartingHashKey);
        Assert.Equal([halves[0].ShardId, halves[1].ShardId], new[] { merged.ParentShardId, merged.AdjacentParentShardId }.Order());
        string? iterator = (await _kinesis.GetShardIteratorAsync(
            new GetShardIteratorRequest { StreamName = stream, ShardId = parent.ShardId, ShardIteratorType = ShardIteratorType.TRIM_HORIZON })).ShardIterator;
        await Eventually.GetAsync(
            async () => iterator = (await _kinesis.GetRecordsAsync(new GetRecordsRequest { ShardIterator = iterator! })).NextShardIterator,
            next => next is null);
    }

    [Fact]
    public async Task AnErrorIsAnExceptionOfItsOwnType()
    {
        var stream = await CreateStreamAsync(1);

        var missing = await Assert.ThrowsAsync<ResourceNotFoundException>(
            () => _kinesis.DescribeStreamSummaryAsync(new DescribeStreamSummaryRequest { StreamName = "no-such-stream" }));
        await Assert.ThrowsAsync<ResourceInUseException>(
            () => _kinesis.CreateStreamAsync(new CreateStreamRequest { StreamName = stream, ShardCount = 1 }));
        await Assert.ThrowsAsync<InvalidArgumentException>(
            () => _kinesis.GetRecordsAsync(new GetRecordsRequest { ShardIterator = "not an iterator" }));

        Assert.Contains("no-such-stream", missing.Message);
        Assert.Equal("ResourceNotFoundException", missing.ErrorCode);
        Assert.Equal(ErrorType.Sender, missing.ErrorType);
        Assert.False(string.IsNullOrEmpty(missing.RequestId));
    }

    private static MemoryStream Bytes(string text) => new(Encoding.UTF8.GetBytes(text));

    private async Task<string> CreateStreamAsync(int shards)
    {
        var name = $"stream-{Guid.NewGuid():N}";
        await _kinesis.CreateStreamAsync(new CreateStreamRequest { StreamName = name, ShardCount = shards });
        await WaitUntilActiveAsync(name);
        return name;
    }

    private Task WaitUntilActiveAsync(string stream) => Eventually.GetAsync(
        () => _kinesis.DescribeStreamSummaryAsync(new DescribeStreamSummaryRequest { StreamName = stream }),
        description => description.StreamDescriptionSummary.StreamStatus == StreamStatus.ACTIVE);

    private async Task<List<Record>> ReadAllAsync(string stream, string shard, int count)
    {
        var iterator = (await _kinesis.GetShardIteratorAsync(
            new GetShardIteratorRequest { StreamName = stream, ShardId = shard, ShardIteratorType = ShardIteratorType.TRIM_HORIZON })).ShardIterator;
        var records = new List<Record>();
        await Eventually.GetAsync(
            async () =>
            {
                var read = await _kinesis.GetRecordsAsync(new GetRecordsRequest { ShardIterator = iterator });
                iterator = read.NextShardIterator!;
                records.AddRange(read.Records);
                return records.Count;
            },
            read => read >= count);
        return records;
    }
}
