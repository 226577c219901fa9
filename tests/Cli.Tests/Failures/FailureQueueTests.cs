using Amazon.SQS;
using Amazon.SQS.Model;
using Analytics.Cli.Failures;
using NSubstitute;

namespace Analytics.Cli.Tests.Failures;

public sealed class FailureQueueTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("30", "2026-03-01 12:10:00")]
    [InlineData("1800", "2026-03-01 12:30:00")]
    public async Task MessagesHeldByAKilledCommandAreCountedAndReturnWhenTheLongestTimeoutEnds(string queueTimeout, string time)
    {
        var hidden = await Queue(("ApproximateNumberOfMessagesNotVisible", "10"), ("VisibilityTimeout", queueTimeout)).CountHiddenAsync(CancellationToken.None);

        Assert.Equal(10, hidden.Count);
        Assert.Equal(
            $"10 messages are hidden because another command received them. If it was stopped, they become visible at the latest at {time} UTC.", hidden.Describe(Now));
    }

    [Fact]
    public async Task NoHiddenMessagesPrintNothing() =>
        Assert.Null((await Queue(("ApproximateNumberOfMessagesNotVisible", "0")).CountHiddenAsync(CancellationToken.None)).Describe(Now));

    private static FailureQueue Queue(params (string Name, string Value)[] attributes)
    {
        var client = Substitute.For<IAmazonSQS>();
        client.GetQueueAttributesAsync(Arg.Any<GetQueueAttributesRequest>(), Arg.Any<CancellationToken>())
            .Returns(new GetQueueAttributesResponse { Attributes = attributes.ToDictionary(one => one.Name, one => one.Value) });
        return new FailureQueue(client, "url");
    }
}
