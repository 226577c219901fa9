using System.Text;
using System.Text.Json;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Analytics.Alerting.Publishing;
using Analytics.Alerting.Windows;
using Analytics.Counting;
using Analytics.Events.Definitions;
using AWS.Lambda.Powertools.Metrics;
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
    public async Task WhatFailsIsThrownSoThatTheAlarmOnErrorsGoesOff()
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
        var written = Capture(() => new AnomalyMetrics("Pipeline").Emit(reading));

        Assert.Equal([("AnomalyScore", 0.75), ("WindowValue", 12), ("ExpectedLow", 3), ("ExpectedHigh", 9)], written.Select(line =>
        {
            var metric = line.GetProperty("_aws").GetProperty("CloudWatchMetrics")[0].GetProperty("Metrics")[0].GetProperty("Name").GetString()!;
            return (metric, line.GetProperty(metric).GetDouble());
        }));
        var dimensions = AnomalyMetrics.GetDimensions(reading);
        Assert.Equal((names, values), (string.Join(',', dimensions.Keys), string.Join(',', dimensions.Values)));
        Assert.All(written, line => Assert.All(dimensions, dimension => Assert.Equal(dimension.Value, line.GetProperty(dimension.Key).GetString())));
    }

    private static List<JsonElement> Capture(Action action)
    {
        var output = Console.Out;
        using var written = new StringWriter();
        Console.SetOut(written);
        try
        {
            action();
        }
        finally
        {
            Console.SetOut(output);
        }

        return [.. written.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement.Clone())];
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
