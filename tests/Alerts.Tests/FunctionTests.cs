using System.Collections.Concurrent;
using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Lambda.KinesisEvents;
using Amazon.SimpleNotificationService;
using Amazon.SimpleNotificationService.Model;
using Analytics.Alerting.Publishing;
using Analytics.Alerting.Sending;
using Analytics.Events.Definitions;
using Analytics.Streaming;
using NSubstitute;

namespace Analytics.Alerts.Tests;

public sealed class FunctionTests
{
    private readonly FakeTime _time = new(Some.Now);
    private readonly FakeTable _table = new();
    private readonly IAmazonSimpleNotificationService _sns = Substitute.For<IAmazonSimpleNotificationService>();
    private readonly ConcurrentQueue<PublishBatchRequestEntry> _published = new();
    private Func<PublishBatchRequestEntry, bool> _rejects = _ => false;
    private Func<List<PublishBatchRequestEntry>, Exception?> _fails = _ => null;

    public FunctionTests() =>
        _sns.PublishBatchAsync(Arg.Any<PublishBatchRequest>(), Arg.Any<CancellationToken>()).Returns(call =>
        {
            var request = call.Arg<PublishBatchRequest>();
            if (_fails(request.PublishBatchRequestEntries) is { } exception)
            {
                throw exception;
            }

            var rejected = request.PublishBatchRequestEntries.Where(_rejects).ToList();
            request.PublishBatchRequestEntries.Except(rejected).ToList().ForEach(_published.Enqueue);
            return new PublishBatchResponse
            {
                Failed = [.. rejected.Select(entry => new BatchResultErrorEntry { Id = entry.Id, Code = "InternalError" })],
            };
        });

    [Fact]
    public async Task AlertsArePublishedAndMarked()
    {
        Assert.Empty((await RunAsync(Orders(1, 23))).BatchItemFailures);

        Assert.Equal(23, _published.Count);
        Assert.All(_published, entry => Assert.Equal("high_value_order", entry.MessageAttributes!["rule"].StringValue));
        Assert.Equal(23, _table.Marks.Count());
        Assert.All(_table.Marks, item =>
        {
            Assert.Equal("alert|sent|high_value_order|2025-08-08", item["pk"].S);
            Assert.StartsWith("09:29:58.000|", item["sk"].S, StringComparison.Ordinal);
            Assert.Equal("1754645400000", item["publishedAt"].N);
            Assert.Equal("1757064600", item["expiresAt"].N);
            Assert.Equal("High-Value Order Detected", item["subject"].S);
        });
    }

    [Fact]
    public async Task ABatchWithoutAlertsMakesNoCall()
    {
        await RunAsync(Some.Batch(Some.Record(1)));

        Assert.Empty(_sns.ReceivedCalls());
        Assert.Empty(_table.Client.ReceivedCalls());
    }

    [Fact]
    public async Task RedeliveredRegroupedBatchIsNotPublishedAgain()
    {
        await RunAsync(Orders(1, 12));
        await RunAsync(Orders(5, 12));

        Assert.Equal(16, _published.Count);
        Assert.Equal(16, _published.Select(entry => entry.Message).Distinct().Count());
    }

    [Fact]
    public async Task AnAlertThatTheTopicDoesNotTakeReportsItsRecordAndIsSentTheNextTimeAlone()
    {
        _rejects = entry => HasNumber(entry, 7);
        Assert.Equal([Some.Sequence(7)], Some.Reported(await RunAsync(Orders(1, 12))));
        Assert.Equal(11, _published.Count);

        _rejects = _ => false;
        Assert.Empty((await RunAsync(Orders(7, 6))).BatchItemFailures);
        Assert.Equal(12, _published.Count);
        Assert.True(HasNumber(_published.Last(), 7));
    }

    [Fact]
    public async Task APublishCallThatFailsReportsItsLowestRecordOnly()
    {
        _fails = entries => entries.Exists(entry => entry.Id == "15") ? new AmazonSimpleNotificationServiceException("no") : null;

        Assert.Equal([Some.Sequence(11)], Some.Reported(await RunAsync(Orders(1, 25))));
        Assert.Equal(15, _published.Count);
    }

    [Fact]
    public async Task UnreadableMarksPreventPublishing()
    {
        _table.FailsToRead = keys => keys.Exists(key => key["sk"].S.Contains(Some.Sequence(1), StringComparison.Ordinal)) ? new AmazonDynamoDBException("no") : null;

        Assert.Equal([Some.Sequence(1)], Some.Reported(await RunAsync(Orders(1, 130))));
        Assert.Equal(30, _published.Count);
    }

    [Fact]
    public async Task AnAlertThatWasSentButCouldNotBeMarkedIsNotSentForThat()
    {
        _table.FailsToWrite = item => item.ContainsKey("publishedAt") ? new AmazonDynamoDBException("no") : null;

        Assert.Empty((await RunAsync(Orders(1, 3))).BatchItemFailures);
        Assert.Equal(3, _published.Count);
    }

    [Fact]
    public async Task WithoutALeaseNothingIsPublished()
    {
        _table.FailsToWrite = item => item["pk"].S.StartsWith("alert|lease|", StringComparison.Ordinal) ? new AmazonDynamoDBException("no") : null;

        Assert.Equal([Some.Sequence(1)], Some.Reported(await RunAsync(Orders(1, 3))));
        Assert.Empty(_published);
    }

    [Fact]
    public async Task HeldBackAlertsAreCountedInTheNextAlert()
    {
        var rules = SomeAlerts.With(""","cooldown":{"period":"10m"}""", "high_value_order");
        for (var batch = 0; batch < 20; batch++)
        {
            _table.Client.ClearReceivedCalls();
            Assert.Empty((await RunAsync(Orders((batch * 500) + 1, 500, Some.Arrival.AddSeconds(batch * 3)), rules)).BatchItemFailures);
            Assert.InRange(_table.Client.ReceivedCalls().Count(), 1, batch == 0 ? 10 : 3);
        }

        var first = Assert.Single(_published);
        Assert.Equal(0, SomeAlerts.ForMachines(first.Message).GetProperty("held_back").GetInt64());
        Assert.True(HasNumber(first, 1));

        // Delivered again, in other groups, by another environment.
        await RunAsync(Orders(9_001, 900, Some.Arrival.AddSeconds(57)), rules);
        Assert.Single(_published);

        await RunAsync(Orders(10_001, 3, Some.Arrival.AddMinutes(10)), rules);
        var next = SomeAlerts.ForMachines(_published.Last().Message);
        Assert.Equal(2, _published.Count);
        Assert.Equal(9_999, next.GetProperty("held_back").GetInt64());
        Assert.Equal("2025-08-08T09:29:58.000Z", next.GetProperty("last_alert").GetString());
    }

    [Fact]
    public async Task HostileKeysSendNoMoreAlertsThanThereAreKeys()
    {
        var rules = SomeAlerts.With(""","cooldown":{"period":"10m","by":["user_id"]}""", "high_value_order");
        for (var batch = 0; batch < 4; batch++)
        {
            await RunAsync(Orders((batch * 500) + 1, 500, Some.Arrival, user: number => $"user-{number}"), rules);
        }

        Assert.Equal(51, _published.Count);
        Assert.Single(_published, entry => entry.MessageAttributes!["key"].StringValue == "(other)");
        Assert.InRange(_table.Items.Values.Max(GetSize), 1, 40_000);

        await RunAsync(Orders(3_001, 60, Some.Arrival.AddMinutes(11), user: number => $"another-{number}"), rules);
        var held = _published.Skip(51).Sum(entry => SomeAlerts.ForMachines(entry.Message).GetProperty("held_back").GetInt64());
        Assert.Equal(2_000 - 51, held);
        Assert.Equal(102, _published.Count);
    }

    [Fact]
    public async Task ABatchRedeliveredAfterLaterOnesIsProcessed()
    {
        var rules = SomeAlerts.With(""","cooldown":{"period":"1m"}""", "high_value_order");
        _fails = _ => new AmazonSimpleNotificationServiceException("no");
        Assert.Equal([Some.Sequence(1)], Some.Reported(await RunAsync(Orders(1, 5), rules)));
        _fails = _ => null;
        await RunAsync(Orders(6, 5, Some.Arrival.AddMinutes(5)), rules);
        Assert.Single(_published);

        // What `analytics failures redrive` does.
        Assert.Empty((await RunAsync(Orders(1, 5), rules)).BatchItemFailures);
        Assert.Empty((await RunAsync(Orders(1, 5), rules)).BatchItemFailures);
        Assert.Equal(2, _published.Count);
        Assert.True(HasNumber(_published.Last(), 1));

        await RunAsync(Orders(11, 1, Some.Arrival.AddMinutes(9)), rules);
        Assert.Equal(8, SomeAlerts.ForMachines(_published.Last().Message).GetProperty("held_back").GetInt64());
    }

    [Fact]
    public async Task ALongFloodIsAddedUpOnTheWay()
    {
        var rules = SomeAlerts.With(""","cooldown":{"period":"1d"}""", "high_value_order");
        for (var batch = 0; batch < 200; batch++)
        {
            await RunAsync(Orders((batch * 2) + 1, 2, Some.Arrival.AddMinutes(batch)), rules);
        }

        var gate = _table.Items[("alert|gate|high_value_order", "gate")];
        Assert.InRange(long.Parse(gate["shards"].L[0].M["index"].N, CultureInfo.InvariantCulture), 200 - EventAlertSender.MaxUnfolded, 200);
        await RunAsync(Orders(401, 1, Some.Arrival.AddDays(1)), rules);
        Assert.Equal(399, SomeAlerts.ForMachines(_published.Last().Message).GetProperty("held_back").GetInt64());
    }

    private static bool HasNumber(PublishBatchRequestEntry entry, int number) =>
        SomeAlerts.ForMachines(entry.Message).GetProperty("event").GetProperty("sequence_number").GetString() == Some.Sequence(number);

    private static int GetSize(Dictionary<string, AttributeValue> item) =>
        item.Sum(attribute => attribute.Key.Length + GetSize(attribute.Value));

    private static int GetSize(AttributeValue value) =>
        (value.S ?? value.N)?.Length ?? value.M?.Sum(member => member.Key.Length + 1 + GetSize(member.Value)) ?? value.L?.Sum(item => 1 + GetSize(item)) ?? 1;

    private static KinesisEvent Orders(int first, int count, DateTimeOffset? arrival = null, Func<int, string>? user = null) => Some.Batch(
    [
        .. Enumerable.Range(first, count).Select(number => Some.Record(
            number, $$"""{"event_type":"purchase","amount":501,"user_id":"{{user?.Invoke(number) ?? "u"}}"}""", arrival)),
    ]);

    private Task<StreamsEventResponse> RunAsync(KinesisEvent batch, IReadOnlyList<MatchRule>? rules = null)
    {
        var sender = new EventAlertSender(_table.Client, FakeTable.Name, new AlertPublisher(_sns, "arn:aws:sns:eu-west-1:123456789012:alerts"), null, _time);
        var function = new Function(
            new BatchProcessor(Some.Reader, _time), sender, rules ?? SomeAlerts.Named("high_value_order"), Some.Reader, EventTimeBounds.Default);
        return function.HandleAsync(batch, Some.Context());
    }
}
