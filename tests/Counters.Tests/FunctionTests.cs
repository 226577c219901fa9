using System.Text;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Lambda.KinesisEvents;
using Analytics.Counting;
using Analytics.Events.Definitions;
using Analytics.Streaming;
using NSubstitute;

namespace Analytics.Counters.Tests;

public sealed class FunctionTests
{
    private const string Json =
        """
        {"counters":[
          {"name":"views","pattern":{"event_type":["page_view"]},"measure":"count","by":["page_url"],"windows":["day"]},
          {"name":"revenue","pattern":{"event_type":["purchase"]},"measure":"sum","field":"amount","windows":["day"]}
        ],"alerts":[]}
        """;

    private static readonly string[] Views = ["""{"event_type":"page_view","page_url":"/a"}""", "not JSON", """{"event_type":"purchase","amount":19.99}"""];

    private readonly IAmazonDynamoDB _dynamoDb = Substitute.For<IAmazonDynamoDB>();
    private readonly List<PutItemRequest> _puts = [];
    private readonly List<UnusedValues> _unused = [];
    private readonly Function _function;

    public FunctionTests()
    {
        var time = new FakeTime(Some.Now);
        var plan = new CounterPlan(Definitions.Parse(Encoding.UTF8.GetBytes(Json)), Some.Reader, EventTimeBounds.Default);
        _function = new Function(new BatchProcessor(Some.Reader, time), plan, new CounterCommitter(plan, _dynamoDb, "counters", time), _unused.Add);
        _dynamoDb.GetItemAsync(Arg.Any<GetItemRequest>(), Arg.Any<CancellationToken>()).Returns(new GetItemResponse());
        _dynamoDb.QueryAsync(Arg.Any<QueryRequest>(), Arg.Any<CancellationToken>()).Returns(new QueryResponse { Items = [] });
    }

    [Fact]
    public async Task ABatchIsOneConditionalPutAndAnsweredEmpty()
    {
        Answer(_ => null);
        Assert.Empty((await RunAsync(0, Views)).BatchItemFailures);
        _puts.Clear();
        _dynamoDb.ClearReceivedCalls();

        Assert.Empty((await RunAsync(3, Views)).BatchItemFailures);

        var put = Assert.Single(_puts);
        Assert.Single(_dynamoDb.ReceivedCalls());
        Assert.Equal("attribute_not_exists(pk)", put.ConditionExpression);
        Assert.Equal(($"delta|{Some.Shard}", Position(2)), (put.Item["pk"].S, put.Item["sk"].S));
        Assert.Equal(
            (Position(5), Some.Sequence(3), "3", "3", "2", "1"),
            (put.Item["end"].S, put.Item["first"].S, put.Item["records"].N, put.Item["userRecords"].N, put.Item["events"].N, put.Item["malformed"].N));
    }

    [Fact]
    public async Task FirstBatchOfAShardRegistersItAndStoresTheDefinitions()
    {
        Answer(_ => null);
        Assert.Empty((await RunAsync(0, Views)).BatchItemFailures);
        Assert.Equal(["#definitions", "#shards", $"delta|{Some.Shard}"], _puts.Select(put => put.Item["pk"].S));
        Assert.Equal("-", _puts[2].Item["sk"].S);
    }

    [Fact]
    public async Task UnwrittenLinkReportsItsFirstRecord()
    {
        Answer(put => put.Item["pk"].S.StartsWith("delta", StringComparison.Ordinal) ? new AmazonDynamoDBException("throttled") : null);
        Assert.Equal([Some.Sequence(1)], Some.Reported(await RunAsync(1, Views)));
    }

    [Fact]
    public async Task ConditionThatFailedBecauseOfTheSameLinkIsASuccess()
    {
        Answer(put =>
        {
            if (!put.Item["pk"].S.StartsWith("delta", StringComparison.Ordinal))
            {
                return null;
            }

            _dynamoDb.QueryAsync(Arg.Any<QueryRequest>(), Arg.Any<CancellationToken>()).Returns(new QueryResponse { Items = [put.Item] });
            return new ConditionalCheckFailedException("lost answer");
        });
        Assert.Empty((await RunAsync(0, Views)).BatchItemFailures);
        Assert.Single(_puts, put => put.Item["pk"].S.StartsWith("delta", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ValuesThatAreNotUsedAreMeasuredOnceABatch()
    {
        Answer(_ => null);
        await RunAsync(0, Views);
        Assert.Empty(_unused);

        await RunAsync(3, """{"event_type":"purchase","amount":"12,50"}""", """{"event_type":"purchase","amount":"NaN"}""", """{"event_type":"page_view","timestamp":"x"}""");

        Assert.Equal([new UnusedValues("views", UnusedReason.TimeUnreadable, 1), new UnusedValues("revenue", UnusedReason.NotANumber, 2)], _unused);
    }

    [Fact]
    public async Task UnwrittenBatchPublishesNoMetrics()
    {
        Answer(put => put.Item["pk"].S.StartsWith("delta", StringComparison.Ordinal) ? new AmazonDynamoDBException("throttled") : null);
        await RunAsync(0, """{"event_type":"purchase","amount":"12,50"}""");
        Assert.Empty(_unused);
    }

    [Fact]
    public void TheMetricsDimensionsAreTheCounterAndTheReason() => Assert.Equal(
        new Dictionary<string, string> { ["Counter"] = "revenue", ["Reason"] = "out_of_range" },
        CounterMetrics.GetDimensions(new UnusedValues("revenue", UnusedReason.OutOfRange, 3)));

    [Fact]
    public async Task AnEmptyBatchIsAnsweredEmpty()
    {
        Answer(_ => null);
        Assert.Empty((await RunAsync(0)).BatchItemFailures);
        Assert.Empty(_puts);
    }

    [Fact]
    public void ShippedDefinitionsAreBesideTheExecutable() =>
        Assert.NotEmpty(Definitions.Load(Path.Combine(AppContext.BaseDirectory, Definitions.FileName)).Counters);

    private static string Position(int number) => SequenceNumber.Parse(Some.Sequence(number)).ToSortableString();

    private void Answer(Func<PutItemRequest, Exception?> fault) =>
        _dynamoDb.PutItemAsync(Arg.Any<PutItemRequest>(), Arg.Any<CancellationToken>()).Returns(call =>
        {
            var put = call.Arg<PutItemRequest>();
            _puts.Add(put);
            return fault(put) is { } exception ? throw exception : new PutItemResponse();
        });

    private Task<StreamsEventResponse> RunAsync(int first, params string[] events) =>
        _function.HandleAsync(Some.Batch([.. events.Select((json, index) => Some.Record(first + index, json))]), Some.Context());
}
