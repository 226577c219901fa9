using System.Collections.Concurrent;
using Amazon.DynamoDBv2;
using Amazon.Lambda.KinesisEvents;
using Amazon.SimpleNotificationService;
using Amazon.SimpleNotificationService.Model;
using Analytics.Streaming;
using Analytics.Tables;
using NSubstitute;

namespace Analytics.Alerts.Tests;

public sealed class FunctionTests : IDisposable
{
    private const string Topic = "arn:aws:sns:eu-west-1:123456789012:alerts";

    private readonly FakeTime _time = new(Some.Now);
    private readonly FakeTable _table = new();
    private readonly IAmazonSimpleNotificationService _sns = Substitute.For<IAmazonSimpleNotificationService>();
    private readonly ConcurrentQueue<PublishBatchRequestEntry> _published = new();
    private readonly ConcurrentQueue<(string? Topic, int Messages)> _requests = new();
    private Func<PublishBatchRequestEntry, bool> _rejects = _ => false;
    private Func<List<PublishBatchRequestEntry>, Exception?> _fails = _ => null;

    public FunctionTests() =>
        _sns.PublishBatchAsync(Arg.Any<PublishBatchRequest>(), Arg.Any<CancellationToken>()).Returns(call =>
        {
            var request = call.Arg<PublishBatchRequest>();
            _requests.Enqueue((request.TopicArn, request.PublishBatchRequestEntries.Count));
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

    /// <summary>Checks every request after the test: in the call, a failed assertion would be taken for SNS's failure.</summary>
    public void Dispose() => Assert.All(_requests, request =>
    {
        Assert.Equal(Topic, request.Topic);
        Assert.InRange(request.Messages, 1, AlertPublisher.MaxMessages);
    });

    [Fact]
    public async Task AlertsArePublishedClaimedAndMarked()
    {
        Assert.Empty((await RunAsync(Orders(1, 23))).BatchItemFailures);

        Assert.Equal(23, _published.Count);
        Assert.All(_published, entry => Assert.Equal("high_value_order", entry.MessageAttributes!["rule"].StringValue));
        Assert.Equal(23, _table.Items.Count);
        Assert.All(_table.Items.Values, item =>
        {
            Assert.Equal("claim", item["sk"].S);
            Assert.Equal("2025-08-08T09:30:00.000Z", item["publishedAt"].S);
            Assert.Equal("1755855000", item["expiresAt"].N);
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
    public async Task ABatchThatComesAgainRegroupedIsNotPublishedAgain()
    {
        await RunAsync(Orders(1, 12));
        await RunAsync(Orders(5, 12));

        Assert.Equal(16, _published.Count);
        Assert.Equal(16, _published.Select(entry => entry.Message).Distinct().Count());
    }

    [Fact]
    public async Task AnAlertThatTheTopicDoesNotTakeReportsItsRecordAndIsSentTheNextTimeAlone()
    {
        _rejects = entry => entry.Message.Contains(Some.Sequence(7), StringComparison.Ordinal);
        Assert.Equal([Some.Sequence(7)], Some.Reported(await RunAsync(Orders(1, 12))));
        Assert.Equal(11, _published.Count);

        _rejects = _ => false;
        Assert.Empty((await RunAsync(Orders(7, 6))).BatchItemFailures);
        Assert.Equal(12, _published.Count);
        Assert.Contains(Some.Sequence(7), _published.Last().Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task APublishCallThatFailsReportsItsLowestRecordOnly()
    {
        _fails = entries => entries.Exists(entry => entry.Id == "15") ? new AmazonSimpleNotificationServiceException("no") : null;

        Assert.Equal([Some.Sequence(11)], Some.Reported(await RunAsync(Orders(1, 25))));
        Assert.Equal(15, _published.Count);
    }

    [Fact]
    public async Task AnAlertThatCannotBeClaimedIsNotPublished()
    {
        _table.FailsToWrite = item => item["pk"].S.Contains($":{Some.Sequence(30)}:", StringComparison.Ordinal) ? new AmazonDynamoDBException("no") : null;

        Assert.Equal([Some.Sequence(26)], Some.Reported(await RunAsync(Orders(1, 30))));
        Assert.Equal(25, _published.Count);
    }

    [Fact]
    public async Task WhenClaimsCannotBeReadNothingOfThemIsPublished()
    {
        _table.FailsToRead = keys => keys.Exists(key => key["pk"].S.Contains($":{Some.Sequence(1)}:", StringComparison.Ordinal)) ? new AmazonDynamoDBException("no") : null;

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

    private static KinesisEvent Orders(int first, int count) => Some.Batch(
        [.. Enumerable.Range(first, count).Select(number => Some.Record(number, """{"event_type":"purchase","amount":501}"""))]);

    private Task<StreamsEventResponse> RunAsync(KinesisEvent batch)
    {
        var table = new TableBatches(_table.Client, FakeTable.Name, AlertClaims.PartitionKey, AlertClaims.SortKey, _time, Random.Shared);
        var function = new Function(
            new BatchProcessor(Some.Reader, _time),
            new AlertSender(new AlertClaims(table), new AlertPublisher(_sns, Topic)),
            SomeAlerts.Named("high_value_order"),
            EventTimeBounds.Default);
        return function.HandleAsync(batch, Some.Context());
    }
}
