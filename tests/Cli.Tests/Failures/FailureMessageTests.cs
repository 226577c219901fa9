using System.Text.Json.Nodes;
using Amazon.SQS.Model;
using Analytics.Cli.Failures;

namespace Analytics.Cli.Tests.Failures;

public sealed class FailureMessageTests
{
    // From https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html
    private const string Body = """
        {
            "requestContext": {
                "requestId": "c9b8fa9f-5a7f-xmpl-af9c-0c604cde93a5",
                "functionArn": "arn:aws:lambda:us-east-2:123456789012:function:myfunction",
                "condition": "RetryAttemptsExhausted",
                "approximateInvokeCount": 1
            },
            "responseContext": { "statusCode": 200, "executedVersion": "$LATEST", "functionError": "Unhandled" },
            "version": "1.0",
            "timestamp": "2019-11-14T00:38:06.021Z",
            "KinesisBatchInfo": {
                "shardId": "shardId-000000000001",
                "startSequenceNumber": "49601189658422359378836298521827638475320189012309704722",
                "endSequenceNumber": "49601189658422359378836298522902373528957594348623495186",
                "approximateArrivalOfFirstRecord": "2019-11-14T00:38:04.835Z",
                "approximateArrivalOfLastRecord": "2019-11-14T00:38:05.580Z",
                "batchSize": 500,
                "streamArn": "arn:aws:kinesis:us-east-2:123456789012:stream/mystream"
            }
        }
        """;

    [Fact]
    public void LambdasRecordIsRead()
    {
        var failure = FailureMessage.Parse(Message(Body))!;

        Assert.Equal("myfunction", failure.FunctionName);
        Assert.Equal("RetryAttemptsExhausted", failure.Condition);
        Assert.Equal("Unhandled", failure.FunctionError);
        Assert.Equal(1, failure.InvokeCount);
        Assert.Equal("01234567", failure.Id);
        Assert.Equal("shardId-000000000001", failure.ShardId);
        Assert.Equal("49601189658422359378836298521827638475320189012309704722", failure.Range!.Value.First.ToString());
        Assert.Equal(500, failure.Range.Value.Count);
        Assert.Equal(new DateTimeOffset(2019, 11, 14, 0, 38, 6, 21, TimeSpan.Zero), failure.GivenUpAt);
    }

    [Fact]
    public void AQualifiedFunctionHasItsName() =>
        Assert.Equal("myfunction", FailureMessage.Parse(Message(Body.Replace("function:myfunction", "function:myfunction:live", StringComparison.Ordinal)))!.FunctionName);

    [Fact]
    public void ABatchThatWasNeverInvokedHasNoFunctionError()
    {
        var neverInvoked = Body.Replace("""    "responseContext": { "statusCode": 200, "executedVersion": "$LATEST", "functionError": "Unhandled" },""", "", StringComparison.Ordinal);

        Assert.Null(FailureMessage.Parse(Message(neverInvoked))!.FunctionError);
    }

    [Fact]
    public void TheFinalInvocationOfATumblingWindowHasNoRange()
    {
        var window = JsonNode.Parse(Body)!.AsObject();
        window["KinesisBatchInfo"] = new JsonObject { ["shardId"] = "shardId-000000000001", ["streamArn"] = "arn:aws:kinesis:us-east-2:123456789012:stream/mystream" };
        window["timeWindowInfo"] = new JsonObject();

        var failure = FailureMessage.Parse(Message(window.ToJsonString()))!;

        Assert.Equal(("shardId-000000000001", null), (failure.ShardId, failure.Range));
        Assert.Contains("\"batchSize\":0", FailureJson.Write(failure), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hello")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"requestContext":{"functionArn":"f"},"KinesisBatchInfo":{"shardId":7}}""")]
    public void AnythingElseIsNone(string body) => Assert.Null(FailureMessage.Parse(Message(body)));

    private static Message Message(string body) => new() { MessageId = "0123456789", ReceiptHandle = "r", Body = body };
}
