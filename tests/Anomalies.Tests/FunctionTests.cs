using System.Text;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Analytics.Alerting.Publishing;
using Analytics.Alerting.Windows;
using Analytics.Counting;
using Analytics.Events.Definitions;
using NSubstitute;

namespace Analytics.Anomalies.Tests;

public sealed class FunctionTests
{
    private readonly IAmazonDynamoDB _dynamoDb = Substitute.For<IAmazonDynamoDB>();
    private readonly IAlertPublisher _publisher = Substitute.For<IAlertPublisher>();

    [Fact]
    public async Task AnEmptyTableIsReadAndNothingIsWritten()
    {
        _dynamoDb.GetItemAsync(Arg.Any<GetItemRequest>(), Arg.Any<CancellationToken>()).Returns(new GetItemResponse());
        _dynamoDb.QueryAsync(Arg.Any<QueryRequest>(), Arg.Any<CancellationToken>()).Returns(new QueryResponse { Items = [] });

        Assert.Equal(new WindowRuleResult(5, 0, 0), await RunAsync());

        await _dynamoDb.DidNotReceive().PutItemAsync(Arg.Any<PutItemRequest>(), Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task FailuresAreThrownForTheErrorsAlarm()
    {
        _dynamoDb.GetItemAsync(Arg.Any<GetItemRequest>(), Arg.Any<CancellationToken>()).Returns<GetItemResponse>(_ => throw new AmazonDynamoDBException("throttled"));
        await Assert.ThrowsAsync<AmazonDynamoDBException>(RunAsync);
    }

    [Theory]
    [InlineData(null, "Rule", "spike")]
    [InlineData("EUR", "Rule,Value", "spike,EUR")]
    public void AReadingIsFourMetricsByRuleAndValue(string? value, string names, string values)
    {
        var reading = new SeriesReading("spike", value, new ExpectedPoint(Some.Now, 12, 3, 9, 0.75f));
        Assert.Equal([("AnomalyScore", 0.75), ("WindowValue", 12), ("ExpectedLow", 3), ("ExpectedHigh", 9)], AnomalyMetrics.GetMetrics(reading));
        var dimensions = AnomalyMetrics.GetDimensions(reading);
        Assert.Equal((names, values), (string.Join(',', dimensions.Keys), string.Join(',', dimensions.Values)));
    }

    private Task<WindowRuleResult> RunAsync()
    {
        var time = new FakeTime(Some.Now);
        var definitions = Definitions.Parse(Encoding.UTF8.GetBytes(Repository.Read("definitions.json")));
        var windows = new ClosedWindowReader(definitions, _dynamoDb, "counters", TimeSpan.Zero);
        var runner = new WindowRuleRunner(definitions, windows, _dynamoDb, "counters", _publisher, null, time);
        return new Function(runner, _ => { }, time).HandleAsync(Some.Context());
    }
}
