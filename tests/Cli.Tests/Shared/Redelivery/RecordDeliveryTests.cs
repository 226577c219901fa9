using System.Text;
using System.Text.Json;
using Amazon.Lambda.KinesisEvents;
using Analytics.Cli.Shared.Redelivery;
using Analytics.Cli.Shared.Targets;
using Analytics.Streaming;

namespace Analytics.Cli.Tests.Shared.Redelivery;

public sealed class RecordDeliveryTests
{
    private const string Stream = "arn:aws:kinesis:eu-west-1:123456789012:stream/events";
    private readonly List<string> _invocations = [];

    [Fact]
    public async Task EventEqualsTheMappingsEvent()
    {
        KinesisEvent? seen = null;
        var delivery = new RecordDelivery(
            (payload, _) =>
            {
                seen = JsonSerializer.Deserialize(payload.Span, BatchJsonContext.Default.KinesisEvent);
                return Task.FromResult(Answer("{}"));
            },
            Stream,
            TimeProvider.System);

        await delivery.DeliverAsync(Records("a"), CancellationToken.None);

        var record = Assert.Single(seen!.Records);
        Assert.Equal("shardId-000000000000:1", record.EventId);
        Assert.Equal(Stream, record.EventSourceARN);
        Assert.Equal("eu-west-1", record.AwsRegion);
        Assert.Equal("aws:kinesis", record.EventSource);
        Assert.Equal("1", record.Kinesis.SequenceNumber);
        Assert.Equal("key", record.Kinesis.PartitionKey);
        Assert.Equal("a", Encoding.UTF8.GetString(record.Kinesis.Data.ToArray()));
        Assert.Equal(Time.UtcDateTime, record.Kinesis.ApproximateArrivalTimestamp);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"batchItemFailures":[]}""")]
    [InlineData("""{"batchItemFailures":null}""")]
    public async Task SuccessDeliversTheWholeBatch(string answer)
    {
        var result = await DeliverAsync(["a", "b", "c"], _ => Answer(answer));

        Assert.Equal(new DeliveryResult(3, null), result);
        Assert.Equal(["abc"], _invocations);
    }

    [Fact]
    public async Task DeliveryContinuesFromTheFailedRecord()
    {
        var result = await DeliverAsync(["a", "b", "c"], records => records == "abc" ? Answer("""{"batchItemFailures":[{"itemIdentifier":"2"}]}""") : Answer("{}"));

        Assert.Equal(new DeliveryResult(3, null), result);
        Assert.Equal(["abc", "bc"], _invocations);
    }

    [Fact]
    public async Task RecordThatKeepsFailingEndsTheDelivery()
    {
        var result = await DeliverAsync(["a", "b", "c"], _ => Answer("""{"batchItemFailures":[{"itemIdentifier":"2"}]}"""));

        Assert.Equal(1, result.Delivered);
        Assert.Equal("it reported record 2 as failed", result.Error);
        Assert.Equal(["abc", "bc", "bc", "bc"], _invocations);
    }

    [Fact]
    public async Task LongErrorIsTruncated()
    {
        var result = await DeliverAsync(["a"], _ => new FunctionAnswer("""{"errorType":"Bug"}"""u8.ToArray(), "Unhandled", ""));

        Assert.Equal(new DeliveryResult(0, """Unhandled: {"errorType":"Bug"}"""), result);
        Assert.Equal(RecordDelivery.Attempts, _invocations.Count);
    }

    [Fact]
    public async Task UnknownIdentifierOrInvalidResponseFailsTheWholeBatch()
    {
        Assert.Equal(0, (await DeliverAsync(["a", "b"], _ => Answer("""{"batchItemFailures":[{"itemIdentifier":"9"}]}"""))).Delivered);
        Assert.Equal("its response is not a batch response: 42", (await DeliverAsync(["a"], _ => Answer("42"))).Error);
    }

    [Fact]
    public async Task EventsStayWithinSixMegabytes()
    {
        var sizes = new List<int>();
        var large = Enumerable.Range(1, 8).Select(i => new PastRecord("shardId-000000000000", SequenceNumber.Parse($"{i}"), "key", Time, new byte[1_000_000])).ToList();
        var delivery = new RecordDelivery(
            (payload, _) =>
            {
                sizes.Add(payload.Length);
                return Task.FromResult(Answer("{}"));
            },
            Stream,
            TimeProvider.System);

        var result = await delivery.DeliverAsync(large, CancellationToken.None);

        Assert.Equal(8, result.Delivered);
        Assert.Equal(2, sizes.Count);
        Assert.All(sizes, size => Assert.InRange(size, 1, 6 * 1024 * 1024));
    }

    private static DateTimeOffset Time => new(2026, 3, 1, 12, 0, 0, 250, TimeSpan.Zero);

    private static List<PastRecord> Records(params string[] data) => [.. data.Select((text, i) =>
        new PastRecord("shardId-000000000000", SequenceNumber.Parse($"{i + 1}"), "key", Time, Encoding.UTF8.GetBytes(text)))];

    private static FunctionAnswer Answer(string json) => new(Encoding.UTF8.GetBytes(json), null, "");

    private Task<DeliveryResult> DeliverAsync(string[] records, Func<string, FunctionAnswer> function) =>
        new RecordDelivery(
            (payload, _) =>
            {
                var seen = JsonSerializer.Deserialize(payload.Span, BatchJsonContext.Default.KinesisEvent)!;
                var text = string.Concat(seen.Records.Select(record => Encoding.UTF8.GetString(record.Kinesis.Data.ToArray())));
                _invocations.Add(text);
                return Task.FromResult(function(text));
            },
            Stream,
            new ImmediateTime(TestContext.Now)).DeliverAsync(Records(records), CancellationToken.None);
}
