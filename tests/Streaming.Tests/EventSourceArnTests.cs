namespace Analytics.Streaming.Tests;

public sealed class EventSourceArnTests
{
    private const string Stream = "arn:aws:kinesis:eu-west-1:123456789012:stream/events";

    [Fact]
    public void StreamArnIsReturnedUnchanged()
    {
        Assert.False(EventSourceArn.IsConsumer(Stream));
        Assert.Equal(Stream, EventSourceArn.GetStream(Stream));
    }

    [Fact]
    public void AConsumerNamesItsStream()
    {
        var consumer = EventSourceArn.CreateConsumer(Stream, "archive", 1_700_000_000);

        Assert.Equal(Stream + "/consumer/archive:1700000000", consumer);
        Assert.True(EventSourceArn.IsConsumer(consumer));
        Assert.Equal(Stream, EventSourceArn.GetStream(consumer));
    }
}
