using System.Text.Json;
using Amazon.Lambda.KinesisEvents;

namespace Analytics.Packages.Tests.Lambda;

public sealed class KinesisTimeWindowTests
{
    private static KinesisTimeWindowEvent Read(string json) => JsonSerializer.Deserialize(json, TimeWindowJsonContext.Default.KinesisTimeWindowEvent)!;

    [Fact]
    public void AnEventOfATumblingWindowIsRead()
    {
        var value = Read("""
            {"Records":[{"kinesis":{"sequenceNumber":"1","data":"AQ=="}}],"window":{"start":"2020-07-30T17:00:00Z","end":"2020-07-30T17:05:00Z"},
            "state":{"1":"282","2":"715"},"shardId":"shardId-000000000006","eventSourceARN":"arn:aws:kinesis:us-east-1:123456789012:stream/s",
            "isFinalInvokeForWindow":false,"isWindowTerminatedEarly":true}
            """);

        Assert.Equal("1", Assert.Single(value.Records).Kinesis.SequenceNumber);
        Assert.Equal(new DateTime(2020, 7, 30, 17, 0, 0, DateTimeKind.Utc), value.Window.Start);
        Assert.Equal(DateTimeKind.Utc, value.Window.Start.Kind);
        Assert.Equal(new DateTime(2020, 7, 30, 17, 5, 0, DateTimeKind.Utc), value.Window.End);
        Assert.Equal(new Dictionary<string, string> { ["1"] = "282", ["2"] = "715" }, value.State);
        Assert.Equal("shardId-000000000006", value.ShardId);
        Assert.Equal("arn:aws:kinesis:us-east-1:123456789012:stream/s", value.EventSourceARN);
        Assert.False(value.IsFinalInvokeForWindow);
        Assert.True(value.IsWindowTerminatedEarly);
    }

    [Fact]
    public void NumbersInTheStateBecomeTexts() =>
        Assert.Equal(new Dictionary<string, string> { ["a"] = "12.5", ["b"] = "true" }, Read("""{"state":{"a":12.5,"b":true}}""").State);

    [Fact]
    public void WithoutAStateItIsEmpty()
    {
        Assert.Empty(Read("{}").State);
        Assert.Empty(Read("""{"state":null}""").State);
        Assert.Null(Read("{}").IsFinalInvokeForWindow);
    }

    [Theory]
    [InlineData("""{"window":{"start":"yesterday"}}""", "window.start is not an ISO 8601 time.")]
    [InlineData("""{"state":{"a":[]}}""", "state.a is a StartArray where a text was expected.")]
    [InlineData("""{"isFinalInvokeForWindow":1}""", "isFinalInvokeForWindow is a Number where true or false was expected.")]
    public void InvalidEventIsReportedWithItsPosition(string json, string message) =>
        Assert.Equal(message, Assert.Throws<JsonException>(() => Read(json)).Message);

    [Fact]
    public void AnEventSurvivesWritingAndReading()
    {
        var value = new KinesisTimeWindowEvent
        {
            Window = new() { Start = DateTime.UnixEpoch, End = DateTime.UnixEpoch.AddMinutes(1) },
            State = { ["a"] = "b" },
            ShardId = "shard",
            EventSourceARN = "arn",
            IsFinalInvokeForWindow = true,
            IsWindowTerminatedEarly = false,
        };

        var read = Read(JsonSerializer.Serialize(value, TimeWindowJsonContext.Default.KinesisTimeWindowEvent));

        Assert.Equal(value.Window.Start, read.Window.Start);
        Assert.Equal(value.Window.End, read.Window.End);
        Assert.Equal(value.State, read.State);
        Assert.Equal(value.ShardId, read.ShardId);
        Assert.Equal(value.EventSourceARN, read.EventSourceARN);
        Assert.True(read.IsFinalInvokeForWindow);
        Assert.False(read.IsWindowTerminatedEarly);
    }

    [Fact]
    public void AResponseWithAStateIsWrittenByASourceGeneratedContext() => Assert.Equal(
        """{"state":{"a":"1"},"batchItemFailures":[{"itemIdentifier":"7"}]}""",
        JsonSerializer.Serialize(
            new KinesisTimeWindowResponse { State = { ["a"] = "1" }, BatchItemFailures = [new() { ItemIdentifier = "7" }] },
            TimeWindowJsonContext.Default.KinesisTimeWindowResponse));

    [Fact]
    public void APartialBatchResponseNamesTheFailures()
    {
        Assert.Equal("""{"batchItemFailures":[]}""", JsonSerializer.Serialize(new StreamsEventResponse { BatchItemFailures = [] }, TestJsonContext.Default.StreamsEventResponse));
        Assert.Equal(
            """{"batchItemFailures":[{"itemIdentifier":"7"}]}""",
            JsonSerializer.Serialize(new StreamsEventResponse { BatchItemFailures = [new() { ItemIdentifier = "7" }] }, TestJsonContext.Default.StreamsEventResponse));
    }
}
