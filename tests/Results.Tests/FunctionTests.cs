using System.Collections.Concurrent;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Lambda.KinesisEvents;
using Analytics.Streaming;
using Analytics.Tables;
using NSubstitute;

namespace Analytics.Results.Tests;

public sealed class FunctionTests : IDisposable
{
    private const string Table = "results";

    private readonly FakeTime _time = new(Some.Now);
    private readonly IAmazonDynamoDB _dynamoDb = Substitute.For<IAmazonDynamoDB>();
    private readonly List<string> _written = [];
    private readonly ConcurrentQueue<int> _requests = new();

    /// <summary>Checks every request after the test: inside the call, a failed assertion would look like a failure of DynamoDB.</summary>
    public void Dispose() => Assert.All(_requests, count => Assert.InRange(count, 1, TableBatches.MaxWrites));

    [Fact]
    public async Task ABatchIsWrittenByTwentyFiveAndAnsweredEmpty()
    {
        var calls = 0;
        Answer(_ =>
        {
            Interlocked.Increment(ref calls);
            return [];
        });

        var response = await RunAsync(60);

        Assert.Empty(response.BatchItemFailures);
        Assert.Equal(3, calls);
        Assert.Equal(Enumerable.Range(0, 60).Select(number => $"e-{number}").Order(), _written.Order());
    }

    [Fact(Timeout = 30_000)]
    public async Task UnprocessedItemsAreRetriedAfterAPause()
    {
        var calls = 0;
        Answer(requests => ++calls == 1 ? [.. requests.Skip(2)] : []);

        var running = RunAsync(5);
        await AdvanceWhenWaitingAsync(running);

        Assert.Empty((await running).BatchItemFailures);
        Assert.Equal(2, calls);
        Assert.Equal(5, _written.Count);
    }

    [Fact(Timeout = 30_000)]
    public async Task UnfinishedWorkAtTheDeadlineReportsItsFirstRecord()
    {
        Answer(requests => [.. requests.Where(request => request.PutRequest.Item["eventId"].S is "e-3" or "e-4")]);

        var running = RunAsync(5);
        while (!running.IsCompleted)
        {
            await AdvanceWhenWaitingAsync(running);
        }

        Assert.Equal([Some.Sequence(3)], Some.Reported(await running));
        Assert.Equal(["e-0", "e-1", "e-2"], _written);
    }

    [Fact]
    public async Task FailedCallReportsTheLowestRecordOfItsItems()
    {
        Answer(requests => requests.Any(request => request.PutRequest.Item["eventId"].S == "e-30")
            ? throw new AmazonDynamoDBException("throttled")
            : []);

        var response = await RunAsync(60);

        Assert.Equal([Some.Sequence(25)], Some.Reported(response));
        Assert.Equal(35, _written.Count);
    }

    private void Answer(Func<List<WriteRequest>, List<WriteRequest>> unprocessed) =>
        _dynamoDb.BatchWriteItemAsync(Arg.Any<BatchWriteItemRequest>(), Arg.Any<CancellationToken>()).Returns(call =>
        {
            call.Arg<CancellationToken>().ThrowIfCancellationRequested();
            var requests = call.Arg<BatchWriteItemRequest>().RequestItems[Table];
            _requests.Enqueue(requests.Count);
            var left = unprocessed(requests);
            lock (_written)
            {
                _written.AddRange(requests.Except(left).Select(request => request.PutRequest.Item["eventId"].S));
            }

            return new BatchWriteItemResponse
            {
                UnprocessedItems = left.Count == 0 ? null : new Dictionary<string, List<WriteRequest>> { [Table] = left },
            };
        });

    private async Task AdvanceWhenWaitingAsync(Task running)
    {
        while (!running.IsCompleted && _time.UntilNextTimer is var next)
        {
            if (next is { } pause && pause < TimeSpan.FromSeconds(3))
            {
                _time.Advance(pause);
                return;
            }

            await Task.Yield();
        }
    }

    private Task<StreamsEventResponse> RunAsync(int events)
    {
        var function = new Function(
            new BatchProcessor(Some.Reader, _time),
            new TableBatches(_dynamoDb, Table, "eventId", "timestamp", _time, Random.Shared),
            new ResultsMetrics("TestNamespace"),
            new ResultSettings(EventTimeBounds.Default, TimeSpan.FromDays(30)));
        var records = Enumerable.Range(0, events)
            .Select(number => Some.Record(number, $$"""{"event_id":"e-{{number}}","event_type":"click","data":{} }"""));
        return function.HandleAsync(Some.Batch([.. records]), Some.Context());
    }
}
