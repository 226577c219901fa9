using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Analytics.Counting;
using NSubstitute;

namespace Analytics.Rollup.Tests;

public sealed class FunctionTests
{
    private readonly IAmazonDynamoDB _dynamoDb = Substitute.For<IAmazonDynamoDB>();

    [Fact]
    public async Task AnEmptyTableIsReadAndNothingIsWritten()
    {
        _dynamoDb.GetItemAsync(Arg.Any<GetItemRequest>(), Arg.Any<CancellationToken>()).Returns(new GetItemResponse());
        _dynamoDb.QueryAsync(Arg.Any<QueryRequest>(), Arg.Any<CancellationToken>()).Returns(new QueryResponse { Items = [] });

        Assert.Equal(default, await RunAsync());

        await _dynamoDb.DidNotReceive().PutItemAsync(Arg.Any<PutItemRequest>(), Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task FailuresAreThrownForTheErrorsAlarm()
    {
        _dynamoDb.GetItemAsync(Arg.Any<GetItemRequest>(), Arg.Any<CancellationToken>()).Returns<GetItemResponse>(_ => throw new AmazonDynamoDBException("throttled"));
        await Assert.ThrowsAsync<AmazonDynamoDBException>(RunAsync);
    }

    private Task<RollupResult> RunAsync()
    {
        var time = new FakeTime(Some.Now);
        return new Function(new CounterRollup(_dynamoDb, "counters", time, TimeSpan.Zero), time).HandleAsync(Some.Context());
    }
}
