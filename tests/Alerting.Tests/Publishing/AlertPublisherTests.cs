using Amazon.SimpleNotificationService;
using Amazon.SimpleNotificationService.Model;
using Analytics.Alerting.Messages;
using Analytics.Alerting.Publishing;
using NSubstitute;

namespace Analytics.Alerting.Tests.Publishing;

public sealed class AlertPublisherTests
{
    private const string Topic = "arn:aws:sns:eu-west-1:123456789012:alerts";

    private readonly IAmazonSimpleNotificationService _sns = Substitute.For<IAmazonSimpleNotificationService>();
    private readonly List<List<PublishBatchRequestEntry>> _calls = [];
    private Func<PublishBatchRequestEntry, bool> _rejects = _ => false;
    private Func<List<PublishBatchRequestEntry>, bool> _fails = _ => false;

    public AlertPublisherTests() =>
        _sns.PublishBatchAsync(Arg.Any<PublishBatchRequest>(), Arg.Any<CancellationToken>()).Returns(call =>
        {
            var entries = call.Arg<PublishBatchRequest>().PublishBatchRequestEntries;
            lock (_calls)
            {
                _calls.Add(entries);
            }

            return _fails(entries)
                ? throw new AmazonSimpleNotificationServiceException("no")
                : new PublishBatchResponse { Failed = [.. entries.Where(_rejects).Select(entry => new BatchResultErrorEntry { Id = entry.Id, Code = "InternalError" })] };
        });

    [Fact]
    public async Task AMessageHasAttributesForFilterPoliciesAndDuplicates()
    {
        await PublishAsync(1, key: "k");

        var entry = Assert.Single(Assert.Single(_calls));
        await _sns.Received().PublishBatchAsync(Arg.Is<PublishBatchRequest>(request => request.TopicArn == Topic), Arg.Any<CancellationToken>());
        Assert.Equal("json", entry.MessageStructure);
        Assert.Equal("An Order", entry.Subject);
        Assert.Equal(
            ["id=order:0", "key=k", "rule=order", "severity=warning"],
            entry.MessageAttributes!.Select(attribute => $"{attribute.Key}={attribute.Value.StringValue}").Order());
        Assert.All(entry.MessageAttributes!.Values, value => Assert.Equal("String", value.DataType));
    }

    [Fact]
    public async Task AMessageWithoutAKeyHasNoEmptyAttribute()
    {
        await PublishAsync(1, key: null);
        await PublishAsync(1, key: "");

        Assert.All(_calls, call => Assert.DoesNotContain("key", Assert.Single(call).MessageAttributes!.Keys));
    }

    [Fact]
    public async Task TenMessagesGoInACall()
    {
        await PublishAsync(23);

        Assert.Equal([3, 10, 10], _calls.Select(call => call.Count).Order());
        Assert.Equal(23, _calls.SelectMany(call => call.Select(entry => entry.Id)).Distinct().Count());
    }

    [Fact]
    public async Task ACallStaysWithinTheSizeThatSnsTakes()
    {
        await PublishAsync(30, field: new string('\u0001', 512));

        Assert.True(_calls.Count > 3);
        Assert.Equal(30, _calls.Sum(call => call.Count));
        Assert.All(_calls, call => Assert.InRange(call.Sum(entry => entry.Message.Length), 1, AlertPublisher.MaxBytes));
    }

    [Fact]
    public async Task RejectionsAndFailuresAreReportedSeparately()
    {
        _rejects = entry => entry.Id == "7";
        _fails = entries => entries.Exists(entry => entry.Id == "15");
        var (failed, cause) = await PublishAsync(25);

        Assert.Equal([7, .. Enumerable.Range(10, 10)], failed);
        Assert.Equal("InternalError", Assert.IsType<AmazonSimpleNotificationServiceException>(cause).ErrorCode);
    }

    private Task<(IReadOnlyList<int> Failed, Exception? Cause)> PublishAsync(int count, string? key = "k", string field = "f") =>
        new AlertPublisher(_sns, Topic).PublishAsync(
            [
                .. Enumerable.Range(0, count).Select(number => AlertMessage.Create(
                    new AlertContent
                    {
                        Rule = SomeAlerts.Rule(),
                        Id = $"order:{number}",
                        Key = key,
                        Time = Some.Now,
                        Fields = [.. Enumerable.Range(0, 10).Select(index => new AlertFact($"f{index}", field))],
                        Event = new AlertEvent("e", Some.Shard, "1", Some.Arrival),
                    },
                    null)),
            ],
            CancellationToken.None);
}
