using System.Text;
using System.Text.Json;
using Analytics.Local.Mapping;
using FsCheck;
using FsCheck.Fluent;

namespace Analytics.Local.Tests.Mapping;

public sealed class EventTests
{
    private static readonly DateTimeOffset Arrival = DateTimeOffset.FromUnixTimeMilliseconds(1_545_084_650_987);

    [Fact]
    public void TheEventIsThatOfLambda()
    {
        const string Record = """
            {"kinesis":{"kinesisSchemaVersion":"1.0","partitionKey":"1","sequenceNumber":"NUMBER","data":"SGVsbG8sIHRoaXMgaXMgYSB0ZXN0Lg==","approximateArrivalTimestamp":1545084650.987},"eventSource":"aws:kinesis","eventVersion":"1.0","eventID":"shardId-000000000000:NUMBER","eventName":"aws:kinesis:record","invokeIdentityArn":"arn:aws:iam::123456789012:role/lambda-role","awsRegion":"eu-west-1","eventSourceARN":"arn:aws:kinesis:eu-west-1:123456789012:stream/events"}
            """;
        var configuration = Some.Configuration with { InvokeIdentityArn = "arn:aws:iam::123456789012:role/lambda-role" };

        var text = Write(
            configuration, null, Some.Record(7, "1", Arrival, "Hello, this is a test."u8.ToArray()), Some.Record(8, "1", Arrival, "Hello, this is a test."u8.ToArray()));

        Assert.Equal(
            $$"""{"Records":[{{Record.Replace("NUMBER", "7", StringComparison.Ordinal)}},{{Record.Replace("NUMBER", "8", StringComparison.Ordinal)}}]}""",
            text);
    }

    [Fact]
    public void TheEventOfAWindowCarriesItsBoundsAndState()
    {
        var window = new InvocationWindow(Some.Time, Some.Time.AddMinutes(5), "{\"a\":1}"u8.ToArray(), IsFinal: true, IsTerminatedEarly: false);

        Assert.Equal(
            """{"Records":[],"window":{"start":"2025-03-01T12:00:00Z","end":"2025-03-01T12:05:00Z"},"state":{"a":1},"shardId":"shardId-000000000000","eventSourceARN":"arn:aws:kinesis:eu-west-1:123456789012:stream/events","isFinalInvokeForWindow":true,"isWindowTerminatedEarly":false}""",
            Write(Some.Configuration, window));
    }

    [Theory]
    [InlineData(1_545_084_650_000, "1545084650.000")]
    [InlineData(1_545_084_650_007, "1545084650.007")]
    [InlineData(999, "0.999")]
    public void TimesAreSecondsWithThreeDecimals(long milliseconds, string seconds)
    {
        var text = Write(Some.Configuration, null, Some.Record(1, arrival: DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)));

        Assert.Contains($"\"approximateArrivalTimestamp\":{seconds}}}", text, StringComparison.Ordinal);
    }

    [Fact]
    public void EventHasItsDeclaredSizeAndContent()
    {
        var keys = ArbMap.Default.GeneratorFor<string>().Where(key => key is not null && !key.Any(char.IsSurrogate));
        var records = from key in keys
                      from data in ArbMap.Default.GeneratorFor<byte[]>()
                      from milliseconds in Gen.Choose(0, int.MaxValue)
                      select Some.Record(1, key, DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds * 1000), data);

        Check.QuickThrowOnFailure(Prop.ForAll(records.ArrayOf().ToArbitrary(), batch =>
        {
            var writer = new KinesisEventWriter(Some.Configuration, Some.ShardId);
            var invocation = new LaneInvocation("id", 1, Polled(writer, batch), null);
            using var written = writer.Write(invocation);
            var expected = writer.EnvelopeBytes(isWindowed: false, stateBytes: 0) + batch.Sum(record => writer.RecordBytes(record)) + Math.Max(0, batch.Length - 1);
            Assert.Equal(expected, written.Payload.Length);

            using var json = JsonDocument.Parse(written.Payload);
            var read = json.RootElement.GetProperty("Records").EnumerateArray().Select(record => record.GetProperty("kinesis")).ToList();
            Assert.Equal(batch.Select(record => record.PartitionKey), read.Select(record => record.GetProperty("partitionKey").GetString()));
            Assert.Equal(batch.Select(record => record.Data.ToArray()), read.Select(record => record.GetProperty("data").GetBytesFromBase64()));
        }));
    }

    [Fact]
    public void TheSizeOfAWindowsEventIsKnownBefore()
    {
        foreach (var isFinal in new[] { true, false })
        {
            var window = new InvocationWindow(Some.Time, Some.Time.AddMinutes(5), "{\"a\":1}"u8.ToArray(), isFinal, isFinal);
            var writer = new KinesisEventWriter(Some.Configuration, Some.ShardId);
            using var written = writer.Write(new LaneInvocation("id", 1, default, window));

            Assert.InRange(written.Payload.Length, writer.EnvelopeBytes(isWindowed: true, stateBytes: 7) - 2, writer.EnvelopeBytes(isWindowed: true, stateBytes: 7));
        }
    }

    private static string Write(EventSourceMappingConfiguration configuration, InvocationWindow? window, params ShardRecord[] records)
    {
        var writer = new KinesisEventWriter(configuration, Some.ShardId);
        using var written = writer.Write(new LaneInvocation("id", 1, Polled(writer, records), window));
        return Encoding.UTF8.GetString(written.Payload.Span);
    }

    private static PolledRecord[] Polled(KinesisEventWriter writer, ShardRecord[] records) =>
        [.. records.Select((record, index) => new PolledRecord(record, index, default, Some.Time, writer.RecordBytes(record)))];
}
