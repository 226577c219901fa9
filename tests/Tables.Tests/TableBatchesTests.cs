using System.Collections.Concurrent;
using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using NSubstitute;

namespace Analytics.Tables.Tests;

public sealed class TableBatchesTests
{
    private const string Table = "table";

    private readonly FakeTime _time = new(DateTimeOffset.UnixEpoch);
    private readonly IAmazonDynamoDB _dynamoDb = Substitute.For<IAmazonDynamoDB>();
    private readonly ConcurrentBag<int> _asked = [];

    private TableBatches Batches => new(_dynamoDb, Table, "id", "time", _time, Random.Shared);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(101)]
    [InlineData(1000)]
    public async Task KeysAreReadByAHundredConsistently(int count)
    {
        AnswerReads((keys, request) =>
        {
            Assert.InRange(keys.Count, 1, TableBatches.MaxReads);
            Assert.True(request.ConsistentRead);
            return (keys, []);
        });

        var (items, failures) = await Batches.GetAsync(Keys(count), CancellationToken.None);

        Assert.Equal(Enumerable.Range(0, count), items.Select(GetNumber).Order());
        Assert.Empty(failures.Indices);
        Assert.Equal((count + 99) / 100, _dynamoDb.ReceivedCalls().Count());
    }

    [Fact(Timeout = 30_000)]
    public async Task UnprocessedKeysAreRequestedAgainUntilAllAreRead()
    {
        AnswerReads((keys, _) => (keys[..1], keys[1..]));

        var reading = Batches.GetAsync(Keys(5), CancellationToken.None);
        await AdvanceUntilDoneAsync(reading);
        var (items, failures) = await reading;

        Assert.Equal(Enumerable.Range(0, 5), items.Select(GetNumber).Order());
        Assert.Empty(failures.Indices);
        Assert.Equal([5, 4, 3, 2, 1], _asked.OrderDescending());
    }

    [Fact]
    public async Task UnreadableKeysAreReportedWithTheirCause()
    {
        var failure = new AmazonDynamoDBException("no");
        AnswerReads((keys, _) => GetNumber(keys[0]) == 100 ? throw failure : (keys, []));

        var (items, failures) = await Batches.GetAsync(Keys(250), CancellationToken.None);

        Assert.Equal(150, items.Count);
        Assert.Equal(Enumerable.Range(100, 100), failures.Indices);
        Assert.Same(failure, failures.Cause);
    }

    [Fact(Timeout = 30_000)]
    public async Task PausesDoubleUpToTwoSecondsAndAreSpread()
    {
        AnswerWrites(_ => true);
        using var cancellation = new CancellationTokenSource();
        var writing = Batches.PutAsync(Keys(1), cancellation.Token);

        foreach (var pause in (double[])[50, 100, 200, 400, 800, 1600, 2000, 2000])
        {
            var next = await NextPauseAsync();
            Assert.InRange(next.TotalMilliseconds, pause / 2, pause);
            _time.Advance(next);
        }

        await cancellation.CancelAsync();
        Assert.Equal([0], (await writing).Indices);
    }

    [Fact(Timeout = 30_000)]
    public async Task ItemsLeftAtCancellationAreReported()
    {
        AnswerWrites(item => GetNumber(item) % 2 == 1);
        using var cancellation = new CancellationTokenSource();
        var writing = Batches.PutAsync(Keys(4), cancellation.Token);
        _ = await NextPauseAsync();

        await cancellation.CancelAsync();
        var failures = await writing;

        Assert.Equal([1, 3], failures.Indices);
        Assert.IsAssignableFrom<OperationCanceledException>(failures.Cause);
    }

    private void AnswerReads(
        Func<List<Dictionary<string, AttributeValue>>, KeysAndAttributes, (List<Dictionary<string, AttributeValue>> Found, List<Dictionary<string, AttributeValue>> Left)> answer) =>
        _dynamoDb.BatchGetItemAsync(Arg.Any<BatchGetItemRequest>(), Arg.Any<CancellationToken>()).Returns(call =>
        {
            var request = call.Arg<BatchGetItemRequest>().RequestItems[Table];
            _asked.Add(request.Keys.Count);
            var (found, left) = answer(request.Keys, request);
            return new BatchGetItemResponse
            {
                Responses = new Dictionary<string, List<Dictionary<string, AttributeValue>>> { [Table] = found },
                UnprocessedKeys = left.Count == 0 ? null : new Dictionary<string, KeysAndAttributes> { [Table] = new() { Keys = left } },
            };
        });

    private void AnswerWrites(Func<Dictionary<string, AttributeValue>, bool> isLeft) =>
        _dynamoDb.BatchWriteItemAsync(Arg.Any<BatchWriteItemRequest>(), Arg.Any<CancellationToken>()).Returns(call => new BatchWriteItemResponse
        {
            UnprocessedItems = new Dictionary<string, List<WriteRequest>>
            {
                [Table] = [.. call.Arg<BatchWriteItemRequest>().RequestItems[Table].Where(request => isLeft(request.PutRequest.Item))],
            },
        });

    private async Task<TimeSpan> NextPauseAsync()
    {
        while (true)
        {
            if (_time.UntilNextTimer is { } pause)
            {
                return pause;
            }

            await Task.Yield();
        }
    }

    private async Task AdvanceUntilDoneAsync(Task task)
    {
        while (!task.IsCompleted)
        {
            _time.Advance(_time.UntilNextTimer ?? TimeSpan.Zero);
            await Task.Yield();
        }
    }

    private static List<Dictionary<string, AttributeValue>> Keys(int count) =>
    [
        .. Enumerable.Range(0, count).Select(number => new Dictionary<string, AttributeValue>
        {
            ["id"] = new() { S = "id" },
            ["time"] = new() { N = number.ToString(CultureInfo.InvariantCulture) },
        }),
    ];

    private static int GetNumber(Dictionary<string, AttributeValue> item) => int.Parse(item["time"].N, CultureInfo.InvariantCulture);
}
