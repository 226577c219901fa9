using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Analytics.Local.Mapping;

namespace Analytics.Local.Tests.Mapping;

/// <summary>Deliveries of KPL aggregates to a consumer with enhanced fan-out.</summary>
public sealed class AggregatesTests : IDisposable
{
    private const string ConsumerArn = "arn:aws:kinesis:eu-west-1:123456789012:stream/events/consumer/counters:1";
    private static readonly EventSourceMappingConfiguration Configuration = Some.Configuration with { ConsumerArn = ConsumerArn, ReportBatchItemFailures = true };
    private readonly string _folder = Directory.CreateTempSubdirectory("mapping").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void UserRecordsShareSequenceNumberEventIdAndArrivalAndTheArnIsTheConsumers()
    {
        var driver = new ShardDriver(Configuration).Offer(Apart(Some.Record(1), Aggregate(2, ("a", "x"), ("b", "y"))));
        driver.Machine.End();
        driver.Run();

        using var written = driver.Events.Write(Assert.Single(driver.Invocations).Invocation);
        using var json = JsonDocument.Parse(written.Payload);
        var records = json.RootElement.GetProperty("Records").EnumerateArray().ToList();
        Assert.Equal(["shardId-000000000000:1", "shardId-000000000000:2", "shardId-000000000000:2"], records.Select(record => record.GetProperty("eventID").GetString()));
        Assert.All(records, record => Assert.Equal(ConsumerArn, record.GetProperty("eventSourceARN").GetString()));
        Assert.Equal(
            [("a", "2", "x"), ("b", "2", "y")],
            records[1..].Select(record => record.GetProperty("kinesis")).Select(record => (
                record.GetProperty("partitionKey").GetString(),
                record.GetProperty("sequenceNumber").GetString(),
                Encoding.UTF8.GetString(record.GetProperty("data").GetBytesFromBase64()))));
    }

    [Fact]
    public void ABatchEndsWithinAnAggregateAndSoDoesTheCheckpoint()
    {
        var driver = new ShardDriver(Configuration with { BatchSize = 2 }).Offer(Apart(Aggregate(1, Users(5)), Some.Record(2)));
        var places = new List<(string?, int?)>();
        driver.Function = _ =>
        {
            places.Add((driver.Machine.Checkpoint.SequenceNumber, driver.Machine.Checkpoint.UserRecords));
            return Some.Success;
        };
        driver.Machine.End();
        driver.Run();

        Assert.Equal("[11] [11] [12]", driver.Delivered);
        Assert.Equal([(null, null), ("1", 2), ("1", 4)], places);
        Assert.Equal(("2", null), (driver.Machine.Checkpoint.SequenceNumber, driver.Machine.Checkpoint.UserRecords));
    }

    [Fact]
    public void MappingContinuesWithinAnAggregate()
    {
        var checkpoint = new ShardCheckpoint { ShardId = Some.ShardId, SequenceNumber = "1", UserRecords = 3 };
        var driver = new ShardDriver(Configuration, checkpoint).Offer(Apart(Aggregate(1, Users(5)), Some.Record(2)));
        driver.Machine.End();
        driver.Run();

        Assert.Equal(["3", "4", "\u0002"], Data(driver.Invocations.Single().Invocation));
    }

    [Fact]
    public void WithoutAConsumerAMappingContinuesWithTheWholeAggregate()
    {
        var checkpoint = new ShardCheckpoint { ShardId = Some.ShardId, SequenceNumber = "1", UserRecords = 3 };
        var driver = new ShardDriver(Some.Configuration, checkpoint).Offer(Aggregate(1, Users(5)));
        driver.Machine.End();
        driver.Run();

        Assert.Equal("[1]", driver.Delivered);
    }

    [Fact]
    public void FailureReportedBySequenceNumberRestartsAtTheFirstUserRecordInTheBatch()
    {
        var driver = new ShardDriver(Configuration).Offer(Apart(Some.Record(1), Aggregate(2, Users(3)), Some.Record(3)));
        driver.Function = invocation => invocation.Records.Length == 5 ? Some.Failing("2") : Some.Success;
        driver.Machine.End();
        driver.Run();

        Assert.Equal("[12223] [2223]", driver.Delivered);
    }

    [Fact]
    public void BisectionSplitsAnAggregate()
    {
        var driver = new ShardDriver(Configuration with { BisectBatchOnFunctionError = true, MaximumRetryAttempts = 0 }).Offer(Apart(Aggregate(1, Users(4))));
        driver.Function = invocation => Data(invocation).Contains("2") ? Some.Thrown : Some.Success;
        driver.Machine.End();
        driver.Run();

        Assert.Equal(["0123", "01", "23", "2", "3"], driver.Invocations.Select(invocation => string.Concat(Data(invocation.Invocation))));
        var failure = Assert.Single(driver.Failures).Failure.KinesisBatchInfo;
        Assert.Equal((ConsumerArn, "1", "1", 1), (failure.StreamArn, failure.Range?.StartSequenceNumber, failure.Range?.EndSequenceNumber, failure.Range?.BatchSize));
    }

    [Fact]
    public void UserRecordsGoToTheLanesOfTheirOwnKeys()
    {
        var driver = new ShardDriver(Configuration with { ParallelizationFactor = 4 }).Offer(Apart(Aggregate(1, Users(12))));
        driver.Machine.End();
        driver.Run();

        Assert.True(driver.Invocations.Select(invocation => invocation.Lane).Distinct().Count() > 1);
        Assert.Equal(12, driver.Invocations.Sum(invocation => invocation.Invocation.Records.Length));
        Assert.Equal(("1", null), (driver.Machine.Checkpoint.SequenceNumber, driver.Machine.Checkpoint.UserRecords));
    }

    [Theory]
    [InlineData(false, "[123]")]
    [InlineData(true, "[13]")]
    public void AggregateWithAUserRecordOutsideTheShardIsSkipped(bool isOutside, string delivered)
    {
        var keys = new HashKeyRange(0, isOutside ? Hash("a") - 1 : Hash("a"));
        var driver = new ShardDriver(Configuration).Offer([.. Aggregates.TakeApart([Some.Record(1), Aggregate(2, ("a", "x")), Some.Record(3)], keys)]);
        driver.Machine.End();
        driver.Run();

        Assert.Equal(delivered, driver.Delivered);
        Assert.Equal("3", driver.Machine.Checkpoint.SequenceNumber);
    }

    [Fact]
    public void ExplicitHashKeyReplacesTheHashOfThePartitionKey()
    {
        var aggregate = Aggregate(1, explicitHashKey: "7", ("a", "x"));

        Assert.False(Assert.Single(Aggregates.TakeApart([aggregate], new HashKeyRange(7, 7))).IsLeftOut);
        Assert.True(Assert.Single(Aggregates.TakeApart([aggregate], new HashKeyRange(8, UInt128.MaxValue))).IsLeftOut);
    }

    [Fact]
    public void ADamagedAggregateIsARecordLikeAnother()
    {
        var data = Aggregate(1, ("a", "x")).Data.ToArray();
        data[^1] ^= 1;

        var record = Assert.Single(Aggregates.TakeApart([Some.Record(1, data: data)], HashKeyRange.All));
        Assert.Equal(data, record.Data.ToArray());
        Assert.Equal("key", record.PartitionKey);
    }

    [Fact]
    public async Task CheckpointWithinAnAggregateIsPreserved()
    {
        var store = new FileCheckpointStore(_folder);
        await store.SaveStartAsync("mapping", Some.Time, CancellationToken.None);
        var checkpoint = new ShardCheckpoint { ShardId = Some.ShardId, SequenceNumber = "17", UserRecords = 3 };
        await store.SaveAsync("mapping", checkpoint, CancellationToken.None);

        Assert.Equal(checkpoint, (await store.LoadAsync("mapping", CancellationToken.None))!.Shards[Some.ShardId]);
    }

    private static ShardRecord[] Apart(params ShardRecord[] records) => [.. Aggregates.TakeApart(records, HashKeyRange.All)];

    private static (string, string)[] Users(int count) =>
        [.. Enumerable.Range(0, count).Select(i => ($"key-{i}", i.ToString(CultureInfo.InvariantCulture)))];

    private static List<string> Data(LaneInvocation invocation) =>
        [.. invocation.Records.ToArray().Select(record => Encoding.UTF8.GetString(record.Record.Data.Span))];

    private static UInt128 Hash(string key) => UInt128.Parse(Convert.ToHexString(MD5.HashData(Encoding.UTF8.GetBytes(key))), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static ShardRecord Aggregate(int number, params (string Key, string Data)[] users) => Aggregate(number, null, users);

    /// <summary>As the KPL writes it (https://github.com/awslabs/amazon-kinesis-producer/blob/master/aggregation-format.md).</summary>
    private static ShardRecord Aggregate(int number, string? explicitHashKey, params (string Key, string Data)[] users)
    {
        List<byte> message = [];
        foreach (var (key, _) in users)
        {
            message.AddRange(Field(1, Encoding.UTF8.GetBytes(key)));
        }

        if (explicitHashKey is not null)
        {
            message.AddRange(Field(2, Encoding.UTF8.GetBytes(explicitHashKey)));
        }

        for (var i = 0; i < users.Length; i++)
        {
            message.AddRange(Field(3, [0x08, (byte)i, .. explicitHashKey is null ? [] : (byte[])[0x10, 0], .. Field(3, Encoding.UTF8.GetBytes(users[i].Data))]));
        }

        return Some.Record(number, data: [0xF3, 0x89, 0x9A, 0xC2, .. message, .. MD5.HashData(message.ToArray())]);

        static byte[] Field(int field, byte[] bytes) => [(byte)((field << 3) | 2), (byte)bytes.Length, .. bytes];
    }
}
