using System.Text;
using System.Text.Json;
using Amazon.Lambda.KinesisEvents;
using FsCheck;
using FsCheck.Fluent;

namespace Analytics.Packages.Tests.Lambda;

public sealed class KinesisEventTests
{
    private const string AsOnAws = """
        {"Records":[{"kinesis":{"kinesisSchemaVersion":"1.0","partitionKey":"user-1","sequenceNumber":"49590338271490256608559692538361571095921575989136588898",
        "data":"eyJhIjoxfQ==","approximateArrivalTimestamp":1545084650.987},"eventSource":"aws:kinesis","eventVersion":"1.0",
        "eventID":"shardId-000000000006:49590338271490256608559692538361571095921575989136588898","eventName":"aws:kinesis:record",
        "invokeIdentityArn":"arn:aws:iam::123456789012:role/r","awsRegion":"us-east-2","eventSourceARN":"arn:aws:kinesis:us-east-2:123456789012:stream/s"}]}
        """;

    private static KinesisEvent Read(string json) => JsonSerializer.Deserialize(json, TestJsonContext.Default.KinesisEvent)!;

    private static KinesisEvent.KinesisEventRecord ReadOne(string kinesis, string rest = "") =>
        Read($$"""{"Records":[{"kinesis":{{{kinesis}}}{{rest}}}]}""").Records.Single();

    [Fact]
    public void AnEventOfLambdaIsRead()
    {
        var record = Assert.Single(Read(AsOnAws).Records);

        Assert.Equal("us-east-2", record.AwsRegion);
        Assert.Equal("shardId-000000000006:49590338271490256608559692538361571095921575989136588898", record.EventId);
        Assert.Equal("aws:kinesis:record", record.EventName);
        Assert.Equal("aws:kinesis", record.EventSource);
        Assert.Equal("arn:aws:kinesis:us-east-2:123456789012:stream/s", record.EventSourceARN);
        Assert.Equal("1.0", record.EventVersion);
        Assert.Equal("arn:aws:iam::123456789012:role/r", record.InvokeIdentityArn);
        Assert.Equal("1.0", record.Kinesis.KinesisSchemaVersion);
        Assert.Equal("user-1", record.Kinesis.PartitionKey);
        Assert.Equal("49590338271490256608559692538361571095921575989136588898", record.Kinesis.SequenceNumber);
        Assert.Equal("""{"a":1}""", Encoding.UTF8.GetString(record.Kinesis.Data.ToArray()));
        Assert.Equal(new DateTime(2018, 12, 17, 22, 10, 50, 987, DateTimeKind.Utc), record.Kinesis.ApproximateArrivalTimestamp!.Value, TimeSpan.FromMicroseconds(1));
        Assert.Equal(DateTimeKind.Utc, record.Kinesis.ApproximateArrivalTimestamp!.Value.Kind);
        Assert.Null(record.Kinesis.EncryptionType);
    }

    [Fact]
    public void NamesMatchWithoutRegardToCase()
    {
        var record = Read("""{"RECORDS":[{"KINESIS":{"DATA":"AQI=","SEQUENCENUMBER":"7"},"eventId":"s:7","EventSourceArn":"arn"}]}""").Records.Single();

        Assert.Equal([1, 2], record.Kinesis.Data.ToArray());
        Assert.Equal("7", record.Kinesis.SequenceNumber);
        Assert.Equal("s:7", record.EventId);
        Assert.Equal("arn", record.EventSourceARN);
    }

    [Fact]
    public void EscapedNamesAndValuesAreRead()
    {
        var record = ReadOne("\"d\\u0061ta\":\"\\u002B/8\\u003D\",\"partitionKey\":\"\\u00e9\\n\\ud83d\\ude00\"", ",\"awsRegion\":\"\\u0061b\"");

        Assert.Equal([0xFB, 0xFF], record.Kinesis.Data.ToArray());
        Assert.Equal("é\n😀", record.Kinesis.PartitionKey);
        Assert.Equal("ab", record.AwsRegion);
    }

    [Fact]
    public void UnknownMembersOfAnyKindAreSkipped()
    {
        var value = Read("""
            {"a":{"b":[1,{"Records":[]}]},"Records":[{"x":[[]],"kinesis":{"y":null,"data":"AQ==","z":{"data":"no"}},"w":true}],"c":1.5}
            """);

        Assert.Equal([1], Assert.Single(value.Records).Kinesis.Data.ToArray());
    }

    [Fact]
    public void MembersMayComeInAnyOrder()
    {
        var record = Read("""
            {"Records":[{"awsRegion":"r","eventID":"shard:12","kinesis":{"approximateArrivalTimestamp":1,"data":"AQI=","sequenceNumber":"12","partitionKey":"k"}}]}
            """).Records.Single();

        Assert.Equal("shard:12", record.EventId);
        Assert.Equal("12", record.Kinesis.SequenceNumber);
        Assert.Equal("k", record.Kinesis.PartitionKey);
        Assert.Equal([1, 2], record.Kinesis.Data.ToArray());
    }

    [Fact]
    public void AnEncryptionTypeIsAccepted() =>
        Assert.Equal("KMS", ReadOne("""  "encryptionType":"KMS" """).Kinesis.EncryptionType);

    [Theory]
    [InlineData("1545084650.987", 15450846509869999)]
    [InlineData("1545084650", 15450846500000000)]
    [InlineData("1545084650.1", 15450846500999999)]
    [InlineData("1480641523.477", 14806415234769999)]
    [InlineData("1.545084650987E9", 15450846509869999)]
    [InlineData("0.001", 10000)]
    [InlineData("0", 0)]
    [InlineData("-1.5", -15000000)]
    public void AnArrivalTimeIsReadAsADoubleAsByThePublishedPackage(string seconds, long ticks)
    {
        var arrival = ReadOne($"\"approximateArrivalTimestamp\":{seconds}").Kinesis.ApproximateArrivalTimestamp;

        Assert.Equal(ticks, arrival!.Value.Ticks - DateTime.UnixEpoch.Ticks);
    }

    [Fact]
    public void EveryMillisecondSurvivesWritingAndReadingToLessThanAMicrosecond() => Prop.ForAll(
        ArbMap.Default.ArbFor<int>(),
        milliseconds =>
        {
            var time = DateTime.UnixEpoch.AddSeconds(1_700_000_000).AddMilliseconds(milliseconds);
            var value = new KinesisEvent { Records = [new() { Kinesis = new() { ApproximateArrivalTimestamp = time } }] };
            var read = RoundTrip(value).Records[0].Kinesis.ApproximateArrivalTimestamp!.Value;
            return (read - time).Duration() < TimeSpan.FromMicroseconds(1);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("""{"Records":[{"kinesis":{"data":"A"}}]}""", "Records[0]: data is not base64.")]
    [InlineData("""{"Records":[{},{"kinesis":{"data":5}}]}""", "Records[1]: data is a Number where a String was expected.")]
    [InlineData("""{"Records":[null]}""", "Records[0]: the record is a Null where a StartObject was expected.")]
    [InlineData("""{"Records":{}}""", "Records is a StartObject where a StartArray was expected.")]
    [InlineData("""{"Records":[{"kinesis":{"approximateArrivalTimestamp":1e300}}]}""", "Records[0]: approximateArrivalTimestamp is not a time in seconds since 1970.")]
    [InlineData("""{"Records":[{"kinesis":{"approximateArrivalTimestamp":299999999999}}]}""", "Records[0]: approximateArrivalTimestamp is not a time in seconds since 1970.")]
    [InlineData("[]", "the event is a StartArray where a StartObject was expected.")]
    public void InvalidEventIsReportedWithItsPosition(string json, string message) =>
        Assert.Equal(message, Assert.Throws<JsonException>(() => Read(json)).Message);

    [Fact]
    public void AnEventWithoutRecordsHasNoList()
    {
        Assert.Null(Read("{}").Records);
        Assert.Null(Read("""{"Records":null}""").Records);
        Assert.Empty(Read("""{"Records":[]}""").Records);
    }

    [Fact]
    public void NullsAndAbsentMembersAreNull()
    {
        var record = ReadOne("""  "data":null,"partitionKey":null,"sequenceNumber":null,"approximateArrivalTimestamp":null """, ",\"eventID\":null");

        Assert.Null(record.Kinesis.Data);
        Assert.Null(record.Kinesis.PartitionKey);
        Assert.Null(record.Kinesis.SequenceNumber);
        Assert.Null(record.Kinesis.ApproximateArrivalTimestamp);
        Assert.Null(record.EventId);
        Assert.Null(record.AwsRegion);
        Assert.Null(Read("""{"Records":[{"kinesis":null}]}""").Records[0].Kinesis);
    }

    [Fact]
    public void EmptyDataIsAnEmptyStream() => Assert.Equal(0, ReadOne("\"data\":\"\"").Kinesis.Data.Length);

    [Fact]
    public void DataGivesItsBytesWithoutACopy()
    {
        var data = ReadOne("\"partitionKey\":\"key\",\"data\":\"AQID\"").Kinesis.Data;

        Assert.True(data.TryGetBuffer(out var buffer));
        Assert.Equal([1, 2, 3], buffer.ToArray());
        Assert.False(data.CanWrite);
    }

    [Fact]
    public void DataIsOneStreamHoweverOftenItIsAskedFor()
    {
        var record = ReadOne("\"data\":\"AQID\"").Kinesis;

        Assert.Same(record.Data, record.Data);
        Assert.Equal(1, record.Data.ReadByte());
        Assert.Equal(2, record.Data.ReadByte());
    }

    [Fact]
    public void EqualValuesOfABatchAreOneString()
    {
        var records = Read(ToJson(Enumerable.Range(0, 3).Select(i => Some(i, [1])))).Records;

        Assert.Same(records[0].EventSourceARN, records[2].EventSourceARN);
        Assert.Same(records[0].AwsRegion, records[2].AwsRegion);
        Assert.Same(records[0].Kinesis.KinesisSchemaVersion, records[2].Kinesis.KinesisSchemaVersion);
    }

    [Fact]
    public void ValuesThatChangeWithinABatchAreNotMixedUp()
    {
        var records = Read("""{"Records":[{"awsRegion":"a"},{"awsRegion":"b"},{"awsRegion":"ab"},{},{"awsRegion":"a"}]}""").Records;

        Assert.Equal(["a", "b", "ab", null, "a"], records.Select(record => record.AwsRegion));
    }

    [Fact]
    public void AssignedValueReplacesTheReadValue()
    {
        var record = Read(AsOnAws).Records.Single();
        record.Kinesis.SequenceNumber = "1";
        record.Kinesis.PartitionKey = "other";
        record.Kinesis.Data = new MemoryStream([9]);
        record.AwsRegion = "eu-west-1";

        Assert.Equal("1", record.Kinesis.SequenceNumber);
        Assert.Equal("other", record.Kinesis.PartitionKey);
        Assert.Equal([9], record.Kinesis.Data.ToArray());
        Assert.Equal("eu-west-1", record.AwsRegion);
        Assert.EndsWith(":49590338271490256608559692538361571095921575989136588898", record.EventId);
        record.Kinesis = new() { SequenceNumber = "2" };
        Assert.EndsWith(":49590338271490256608559692538361571095921575989136588898", record.EventId);
        record.EventId = "id";
        Assert.Equal("id", record.EventId);
    }

    [Fact]
    public void SettingNullDoesNotRestoreTheReadValue()
    {
        var record = Read(AsOnAws).Records.Single();
        record.Kinesis.Data = null!;
        record.Kinesis.SequenceNumber = null!;
        record.Kinesis.PartitionKey = null!;
        record.EventId = null!;

        Assert.Null(record.Kinesis.Data);
        Assert.Null(record.Kinesis.SequenceNumber);
        Assert.Null(record.Kinesis.PartitionKey);
        Assert.Null(record.EventId);
    }

    [Fact]
    public void AnyBatchSurvivesWritingAndReading() => Prop.ForAll(
        ArbMap.Default.ArbFor<(NonNull<string> Key, NonNull<byte[]> Data, PositiveInt Sequence)[]>(),
        items =>
        {
            var records = items
                .Where(item => IsText(item.Key.Get))
                .Select(item => Some(item.Sequence.Get, item.Data.Get, item.Key.Get))
                .ToList();
            var read = RoundTrip(new KinesisEvent { Records = records }).Records;
            return read.Count == records.Count && records.Zip(read).All(pair => AreEqual(pair.First, pair.Second));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void RecordsLargerThanABufferAndManySmallOnesKeepTheirBytes()
    {
        var random = new System.Random(1);
        var records = Enumerable.Range(0, 2000).Select(i =>
        {
            var data = new byte[i % 500 == 3 ? 1_000_000 : random.Next(2000)];
            random.NextBytes(data);
            return Some(i, data);
        }).ToList();

        var read = Read(ToJson(records)).Records;

        Assert.Equal(records.Count, read.Count);
        Assert.All(records.Zip(read), pair => Assert.True(AreEqual(pair.First, pair.Second)));
    }

    [Fact]
    public async Task EventReceivedInPiecesIsRead()
    {
        var json = Encoding.UTF8.GetBytes(ToJson(Enumerable.Range(0, 200).Select(i => Some(i, [.. Enumerable.Repeat((byte)i, i)]))));

        var read = await JsonSerializer.DeserializeAsync(new OneByteStream(json), TestJsonContext.Default.KinesisEvent);

        Assert.Equal(200, read!.Records.Count);
        Assert.Equal(Enumerable.Repeat((byte)199, 199), read.Records[199].Kinesis.Data.ToArray());
    }

    [Fact]
    public void AnEventIsWrittenUnderTheNamesOfLambda()
    {
        var written = JsonSerializer.Serialize(Read(AsOnAws), TestJsonContext.Default.KinesisEvent);

        Assert.Equal(AsOnAws.ReplaceLineEndings("").Trim(), written);
    }

    private static KinesisEvent RoundTrip(KinesisEvent value) => Read(JsonSerializer.Serialize(value, TestJsonContext.Default.KinesisEvent));

    private static string ToJson(IEnumerable<KinesisEvent.KinesisEventRecord> records) =>
        JsonSerializer.Serialize(new KinesisEvent { Records = [.. records] }, TestJsonContext.Default.KinesisEvent);

    private static bool IsText(string text) => text == Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static bool AreEqual(KinesisEvent.KinesisEventRecord left, KinesisEvent.KinesisEventRecord right) =>
        left.EventId == right.EventId
        && left.Kinesis.SequenceNumber == right.Kinesis.SequenceNumber
        && left.Kinesis.PartitionKey == right.Kinesis.PartitionKey
        && left.Kinesis.Data.ToArray().AsSpan().SequenceEqual(right.Kinesis.Data.ToArray());

    private static KinesisEvent.KinesisEventRecord Some(int sequence, byte[] data, string key = "key") => new()
    {
        AwsRegion = "us-east-1",
        EventId = $"shardId-000000000000:{sequence}",
        EventName = "aws:kinesis:record",
        EventSource = "aws:kinesis",
        EventSourceARN = "arn:aws:kinesis:us-east-1:000000000000:stream/s",
        EventVersion = "1.0",
        InvokeIdentityArn = "arn:aws:iam::000000000000:role/r",
        Kinesis = new()
        {
            KinesisSchemaVersion = "1.0",
            PartitionKey = key,
            SequenceNumber = sequence.ToString(System.Globalization.CultureInfo.InvariantCulture),
            Data = new MemoryStream(data),
        },
    };

    /// <summary>Returns one byte per read, so that every value is split.</summary>
    private sealed class OneByteStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(1, buffer.Length)], cancellationToken);
    }
}
