using System.Collections.Concurrent;
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

    private readonly IAmazonDynamoDB _dynamoDb = Substitute.For<IAmazonDynamoDB>();
    private readonly ConcurrentBag<UpdateItemRequest> _updates = [];

    [Fact]
    public async Task ABatchIsCountedAndAnsweredEmpty()
    {
        Answer(_ => null);

        var response = await RunAsync(
            """{"event_type":"page_view","page_url":"/a"}""",
            "not JSON",
            """{"event_type":"page_view","page_url":"/a"}""",
            """{"event_type":"purchase","amount":19.99}""");

        Assert.Empty(response.BatchItemFailures);
        Assert.Equal(
            [("revenue|day|2025-08-08T00:00Z", $"(all)|{Some.Shard}", "1"), ("views|day|2025-08-08T00:00Z", $"/a|{Some.Shard}", "2")],
            _updates.Select(update => (update.Key["pk"].S, update.Key["sk"].S, update.ExpressionAttributeValues[":count"].N)).Order());
        Assert.All(_updates, update => Assert.Equal(
            SequenceNumber.Parse(Some.Sequence(3)).ToSortableString(), update.ExpressionAttributeValues[":watermark"].S));
    }

    [Fact]
    public async Task WhatCannotBeWrittenReportsItsFirstRecord()
    {
        Answer(update => update.Key["pk"].S.StartsWith("revenue", StringComparison.Ordinal) ? new AmazonDynamoDBException("throttled") : null);

        var response = await RunAsync(
            """{"event_type":"page_view","page_url":"/a"}""",
            """{"event_type":"purchase","amount":1}""",
            """{"event_type":"page_view","page_url":"/a"}""");

        Assert.Equal([Some.Sequence(1)], Some.Reported(response));
        Assert.Equal(2, _updates.Count);
    }

    [Fact]
    public async Task AConditionThatFailedOnItsOwnWriteIsASuccess()
    {
        Answer(update => new ConditionalCheckFailedException("lost answer")
        {
            Item = new Dictionary<string, AttributeValue>
            {
                ["watermark"] = update.ExpressionAttributeValues[":watermark"],
                ["count"] = update.ExpressionAttributeValues[":count"],
            },
        });

        var response = await RunAsync("""{"event_type":"page_view","page_url":"/a"}""");

        Assert.Empty(response.BatchItemFailures);
        Assert.Single(_updates);
    }

    [Fact]
    public async Task AnEmptyBatchIsAnsweredEmpty()
    {
        Assert.Empty((await RunAsync()).BatchItemFailures);
        Assert.Empty(_updates);
    }

    [Fact]
    public void TheShippedDefinitionsStandBesideTheExecutable() =>
        Assert.NotEmpty(Definitions.Load(Path.Combine(AppContext.BaseDirectory, Definitions.FileName)).Counters);

    private void Answer(Func<UpdateItemRequest, Exception?> fault)
    {
        _dynamoDb.BatchGetItemAsync(Arg.Any<BatchGetItemRequest>(), Arg.Any<CancellationToken>()).Returns(new BatchGetItemResponse { Responses = [] });
        _dynamoDb.QueryAsync(Arg.Any<QueryRequest>(), Arg.Any<CancellationToken>()).Returns(new QueryResponse { Items = [] });
        _dynamoDb.UpdateItemAsync(Arg.Any<UpdateItemRequest>(), Arg.Any<CancellationToken>()).Returns(call =>
        {
            var update = call.Arg<UpdateItemRequest>();
            _updates.Add(update);
            return fault(update) is { } exception ? throw exception : new UpdateItemResponse();
        });
    }

    private Task<StreamsEventResponse> RunAsync(params string[] events)
    {
        var time = new FakeTime(Some.Now);
        var plan = new CounterPlan(Definitions.Parse(System.Text.Encoding.UTF8.GetBytes(Json)), Some.Reader, EventTimeBounds.Default);
        var function = new Function(new BatchProcessor(Some.Reader, time), plan, new CounterCommitter(plan, _dynamoDb, "counters", time));
        return function.HandleAsync(Some.Batch([.. events.Select((json, index) => Some.Record(index, json))]), Some.Context());
    }
}
