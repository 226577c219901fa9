using Analytics.Events.Patterns;

namespace Analytics.Events.Tests.Patterns;

public sealed class PatternRecordTests
{
    [Theory]
    [InlineData("not json")]
    [InlineData("")]
    [InlineData("{\"a\":1")]
    [InlineData("{\"a\":1} x")]
    public void DataThatIsNotJsonNeverMatchesADataPattern(string data)
    {
        Assert.False(Matches("""{"data":{"a":[{"exists":false}]}}""", new PatternRecord { Data = Some.Utf8(data) }));
        Assert.True(Matches("""{"partitionKey":["k"]}""", new PatternRecord { Data = Some.Utf8(data), PartitionKey = "k" }));
    }

    [Fact]
    public void DataThatIsNotUtf8NeverMatchesADataPattern() =>
        Assert.False(Matches("""{"data":{"a":[{"exists":false}]}}""", new PatternRecord { Data = [(byte)'"', 0xFF, (byte)'"'] }));

    [Theory]
    [InlineData("""{"partitionKey":["schlüssel"]}""", true)]
    [InlineData("""{"partitionKey":[{"prefix":"x"}]}""", false)]
    [InlineData("""{"sequenceNumber":["49590338271490256608559692538361571095921575989136588898"]}""", true)]
    [InlineData("""{"approximateArrivalTimestamp":[{"numeric":[">=",1545084650.987,"<",1545084651]}]}""", true)]
    [InlineData("""{"approximateArrivalTimestamp":[1545084650.987]}""", true)]
    [InlineData("""{"kinesisSchemaVersion":["1.0"]}""", true)]
    [InlineData("""{"eventSource":["aws:kinesis"],"eventVersion":["1.0"],"eventName":[{"suffix":":record"}]}""", true)]
    [InlineData("""{"eventID":[{"prefix":"shardId-"}],"awsRegion":["us-east-1"],"invokeIdentityArn":[{"exists":true}],"eventSourceARN":[{"exists":true}]}""", true)]
    [InlineData("""{"eventSource":["aws:sqs"]}""", false)]
    [InlineData("""{"partitionKey":["schlüssel"],"data":{"a":[1]}}""", true)]
    [InlineData("""{"partitionKey":["schlüssel"],"data":{"a":[2]}}""", false)]
    [InlineData("""{"$or":[{"partitionKey":["x"]},{"data":{"a":[1]}}]}""", true)]
    [InlineData("""{"body":["x"]}""", false)]
    [InlineData("""{"body":[{"exists":false}]}""", true)]
    [InlineData("""{"partitionKey":{"x":["y"]}}""", false)]
    public void MetadataIsMatchedByItsNames(string pattern, bool expected) => Assert.Equal(expected, Matches(pattern, new PatternRecord
    {
        Data = """{"a":1}"""u8,
        PartitionKey = "schlüssel",
        SequenceNumber = "49590338271490256608559692538361571095921575989136588898",
        ApproximateArrivalTimestamp = 1545084650.987m,
        KinesisSchemaVersion = "1.0",
        EventSource = "aws:kinesis",
        EventVersion = "1.0",
        EventId = "shardId-000000000006:49590338271490256608559692538361571095921575989136588898",
        EventName = "aws:kinesis:record",
        InvokeIdentityArn = "arn:aws:iam::123456789012:role/lambda-role",
        AwsRegion = "us-east-1",
        EventSourceArn = "arn:aws:kinesis:us-east-1:123456789012:stream/lambda-stream",
    }));

    [Theory]
    [InlineData("partitionKey")]
    [InlineData("approximateArrivalTimestamp")]
    public void MetadataThatIsNotSetIsAbsent(string name)
    {
        Assert.True(Matches($$"""{"{{name}}":[{"exists":false}]}""", default));
        Assert.False(Matches($$"""{"{{name}}":[{"exists":true}]}""", default));
    }

    [Fact]
    public void ALongPartitionKeyIsMatched() =>
        Assert.True(Matches("""{"partitionKey":[{"suffix":"ü"}]}""", new PatternRecord { PartitionKey = new string('ü', 2000) }));

    [Fact]
    public void APatternIsForOneTargetOnly()
    {
        Assert.Throws<InvalidOperationException>(() => Pattern.Parse("""{"user_id":["x"]}"""u8, PatternTarget.Event).MatchesRecord(default));
        Assert.Throws<InvalidOperationException>(() => Pattern.Parse("""{"user_id":["x"]}"""u8, PatternTarget.Record).Matches(default));
    }

    private static bool Matches(string pattern, PatternRecord record) =>
        Pattern.Parse(Some.Utf8(pattern), PatternTarget.Record).MatchesRecord(in record);
}
