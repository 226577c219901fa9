using System.Text;
using System.Text.Json;
using Analytics.Local.Mapping;

namespace Analytics.Local.Tests.Mapping;

public sealed class FailureRecordTests
{
    private static readonly FailureRecord Failure = new()
    {
        RequestId = "c9b8fa9f-5a7f-xmpl-af9c-0c604cde93a5",
        FunctionArn = Some.Configuration.FunctionArn,
        Condition = FailureRecord.RetryAttemptsExhausted,
        ApproximateInvokeCount = 2,
        ResponseContext = new FailureResponseContext(200, "$LATEST", "Unhandled"),
        Timestamp = new DateTimeOffset(2019, 11, 14, 0, 38, 6, 21, TimeSpan.Zero),
        KinesisBatchInfo = new KinesisBatchInfo
        {
            ShardId = Some.ShardId,
            Range = new BatchRange("2", "4", Some.Time, Some.Time.AddMilliseconds(1200), 3),
            StreamArn = Some.Configuration.StreamArn,
        },
    };

    [Fact]
    public void QueuesAndTopicsGetTheMetadata() => Assert.Equal(
        """{"requestContext":{"requestId":"c9b8fa9f-5a7f-xmpl-af9c-0c604cde93a5","functionArn":"arn:aws:lambda:eu-west-1:123456789012:function:counters","condition":"RetryAttemptsExhausted","approximateInvokeCount":2},"responseContext":{"statusCode":200,"executedVersion":"$LATEST","functionError":"Unhandled"},"version":"1.0","timestamp":"2019-11-14T00:38:06.021Z","KinesisBatchInfo":{"shardId":"shardId-000000000000","startSequenceNumber":"2","endSequenceNumber":"4","approximateArrivalOfFirstRecord":"2025-03-01T12:00:00.000Z","approximateArrivalOfLastRecord":"2025-03-01T12:00:01.200Z","batchSize":3,"streamArn":"arn:aws:kinesis:eu-west-1:123456789012:stream/events"}}""",
        Encoding.UTF8.GetString(Failure.ToJson()));

    [Fact]
    public void BucketsGetTheInvocationEventAsWell()
    {
        var payload = """{"Records":[]}"""u8.ToArray();

        using var json = JsonDocument.Parse(Failure.ToJson(payload));

        Assert.Equal("""{"Records":[]}""", json.RootElement.GetProperty("payload").GetString());
    }

    [Fact]
    public void RecordsThatWereNeverInvokedHaveNoResponseContext()
    {
        using var json = JsonDocument.Parse((Failure with { ResponseContext = null }).ToJson());

        Assert.False(json.RootElement.TryGetProperty("responseContext", out _));
    }

    [Fact]
    public void AfterAnAnswerThatReportsFailureTheFunctionErrorIsNull()
    {
        using var json = JsonDocument.Parse((Failure with { ResponseContext = new FailureResponseContext(200, "$LATEST", null) }).ToJson());

        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("responseContext").GetProperty("functionError").ValueKind);
    }

    [Fact]
    public void TheFailureRecordNamesTheFirstAndTheLastRecordAndWhenTheyArrived()
    {
        var shard = new ShardDriver(Some.Configuration with { MaximumRetryAttempts = 0 }) { Function = _ => Some.Thrown };

        shard.Offer(Some.Record(5), Some.Record(6), Some.Record(7, arrival: Some.Time.AddSeconds(2))).Run();

        Assert.Equal(
            new KinesisBatchInfo
            {
                ShardId = Some.ShardId,
                Range = new BatchRange("5", "7", Some.Time, Some.Time.AddSeconds(2), 3),
                StreamArn = Some.Configuration.StreamArn,
            },
            Assert.Single(shard.Failures).Failure.KinesisBatchInfo);
    }

    [Fact]
    public void FailureRecordOfAFinalInvocationHasTheWindowTheShardAndTheStream()
    {
        var failure = Failure with
        {
            KinesisBatchInfo = Failure.KinesisBatchInfo with { Range = null },
            TimeWindowInfo = new TimeWindowInfo(Some.Time, Some.Time.AddSeconds(60), IsTerminatedEarly: false),
        };

        using var json = JsonDocument.Parse(failure.ToJson());

        Assert.Equal(["shardId", "streamArn"], json.RootElement.GetProperty("KinesisBatchInfo").EnumerateObject().Select(member => member.Name));
        Assert.Equal(
            """{"window":{"start":"2025-03-01T12:00:00Z","end":"2025-03-01T12:01:00Z"},"isFinalInvokeForWindow":true,"isWindowTerminatedEarly":false}""",
            json.RootElement.GetProperty("timeWindowInfo").GetRawText());
    }

    [Fact]
    public void TheKeyOnS3NamesMappingShardAndTime() => Assert.Equal(
        "aws/lambda/6d9bce8e-836b-442c-8070-74e77903c815/shardId-000000000000/2025/03/01/2025-03-01T12.00.00-00000001-0000-0000-0000-000000000000",
        S3FailureDestination.CreateKey(Some.Configuration.Uuid, Some.ShardId, Some.Time, new Guid(1, 0, 0, new byte[8])));
}
