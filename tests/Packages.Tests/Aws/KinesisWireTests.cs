using System.Text.Json;
using Amazon;
using Amazon.Kinesis;
using Amazon.Kinesis.Model;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;

namespace Analytics.Packages.Tests.Aws;

/// <summary>The HTTP requests: of operations that the emulator lacks, and of the behavior common to all clients.</summary>
public sealed class KinesisWireTests
{
    private static readonly Answer Throttled =
        new(400, """{"__type":"com.amazonaws.kinesis#ProvisionedThroughputExceededException","message":"Rate exceeded for shard"}""");

    [Fact]
    public async Task ARequestIsJsonSignedForItsServiceAndRegion()
    {
        using var server = new LocalServer(new Answer(200, """{"CurrentShardCount":3,"StreamARN":"arn","StreamName":"s","TargetShardCount":5}"""));
        using var kinesis = Client(server);

        var response = await kinesis.UpdateShardCountAsync(
            new UpdateShardCountRequest { StreamName = "s", TargetShardCount = 5, ScalingType = ScalingType.UNIFORM_SCALING });

        var request = Assert.Single(server.Requests);
        Assert.Equal("POST", request.Method);
        Assert.Equal("/", request.RawUrl);
        Assert.Equal("Kinesis_20131202.UpdateShardCount", request.Headers["X-Amz-Target"]);
        Assert.Equal("application/x-amz-json-1.1", request.Headers["Content-Type"]);
        Assert.Matches("^AWS4-HMAC-SHA256 Credential=test/[0-9]{8}/eu-west-1/kinesis/aws4_request,", request.Headers["Authorization"]);
        Assert.Contains("Kinesis", request.Headers["User-Agent"]);
        Assert.Equal("""{"StreamName":"s","TargetShardCount":5,"ScalingType":"UNIFORM_SCALING"}""", request.Text);
        Assert.Equal((3, 5), (response.CurrentShardCount, response.TargetShardCount));
    }

    [Fact]
    public async Task EveryMemberOfARequestIsWrittenUnderItsName()
    {
        using var server = new LocalServer([.. Enumerable.Repeat(new Answer(200, "{}"), 5)]);
        using var kinesis = Client(server);
        var time = new DateTime(2026, 1, 2, 3, 4, 5, 678, DateTimeKind.Utc);

        await kinesis.CreateStreamAsync(new CreateStreamRequest { StreamName = "s", StreamModeDetails = new StreamModeDetails { StreamMode = StreamMode.ON_DEMAND } });
        await kinesis.GetShardIteratorAsync(new GetShardIteratorRequest { StreamARN = "arn", ShardId = "shard", ShardIteratorType = ShardIteratorType.AT_TIMESTAMP, Timestamp = time });
        await kinesis.ListShardsAsync(new ListShardsRequest { StreamName = "s", MaxResults = 7, ShardFilter = new ShardFilter { Type = ShardFilterType.AFTER_SHARD_ID, ShardId = "shard" } });
        await kinesis.DeleteStreamAsync(new DeleteStreamRequest { StreamName = "s", EnforceConsumerDeletion = true });
        await kinesis.PutRecordsAsync(new PutRecordsRequest { StreamName = "s", Records = [new() { Data = new MemoryStream([0xFB, 0xFF]), PartitionKey = "ü", ExplicitHashKey = "1" }] });

        Assert.Equal(
            [
                """{"StreamName":"s","StreamModeDetails":{"StreamMode":"ON_DEMAND"}}""",
                """{"StreamARN":"arn","ShardId":"shard","ShardIteratorType":"AT_TIMESTAMP","Timestamp":1767323045.678}""",
                """{"StreamName":"s","MaxResults":7,"ShardFilter":{"Type":"AFTER_SHARD_ID","ShardId":"shard"}}""",
                """{"StreamName":"s","EnforceConsumerDeletion":true}""",
                """{"StreamName":"s","Records":[{"Data":"+/8=","PartitionKey":"ü","ExplicitHashKey":"1"}]}""",
            ],
            server.Requests.Select(request => request.Text));
    }

    [Fact]
    public async Task TheEndOfAClosedShardNamesItsChildren()
    {
        using var server = new LocalServer(new Answer(200, """
            {"Records":[{"ApproximateArrivalTimestamp":1767323045.678,"Data":"AP8=","EncryptionType":"KMS","PartitionKey":"k","SequenceNumber":"49"}],
             "MillisBehindLatest":12000,"Unknown":{"a":[1]},
             "ChildShards":[{"ShardId":"shardId-000000000001","ParentShards":["shardId-000000000000"],"HashKeyRange":{"StartingHashKey":"0","EndingHashKey":"9"}}]}
            """));
        using var kinesis = Client(server);

        var response = await kinesis.GetRecordsAsync(new GetRecordsRequest { ShardIterator = "i" });

        var record = Assert.Single(response.Records);
        Assert.Equal(new DateTime(2026, 1, 2, 3, 4, 5, 678, DateTimeKind.Utc), record.ApproximateArrivalTimestamp);
        Assert.Equal([0, 255], record.Data.ToArray());
        Assert.True(record.Data.TryGetBuffer(out _));
        Assert.Equal(("KMS", "k", "49"), (record.EncryptionType, record.PartitionKey, record.SequenceNumber));
        Assert.Equal(12_000, response.MillisBehindLatest);
        Assert.Null(response.NextShardIterator);
        var child = Assert.Single(response.ChildShards!);
        Assert.Equal("shardId-000000000001", child.ShardId);
        Assert.Equal(["shardId-000000000000"], child.ParentShards);
        Assert.Equal(("0", "9"), (child.HashKeyRange.StartingHashKey, child.HashKeyRange.EndingHashKey));
    }

    [Fact]
    public async Task AStreamIsDescribedPageByPage()
    {
        using var server = new LocalServer(new Answer(200, """
            {"StreamDescription":{"StreamName":"s","StreamARN":"arn","StreamStatus":"UPDATING","HasMoreShards":true,"RetentionPeriodHours":168,"EncryptionType":"KMS",
             "KeyId":"alias/aws/kinesis","StreamModeDetails":{"StreamMode":"ON_DEMAND"},"StreamCreationTimestamp":1.767323045678E9,"EnhancedMonitoring":[],
             "Shards":[{"ShardId":"a","ParentShardId":"b","AdjacentParentShardId":"c","HashKeyRange":{},"SequenceNumberRange":{}}]}}
            """));
        using var kinesis = Client(server);

        var description = (await kinesis.DescribeStreamAsync(new DescribeStreamRequest { StreamName = "s", Limit = 1, ExclusiveStartShardId = "0" })).StreamDescription;

        Assert.Equal("""{"StreamName":"s","ExclusiveStartShardId":"0","Limit":1}""", Assert.Single(server.Requests).Text);
        Assert.True(description.HasMoreShards);
        Assert.Equal((StreamStatus.UPDATING, 168, EncryptionType.KMS, "alias/aws/kinesis"), (description.StreamStatus, description.RetentionPeriodHours, description.EncryptionType, description.KeyId));
        Assert.Equal(StreamMode.ON_DEMAND, description.StreamModeDetails!.StreamMode);
        Assert.Equal(new DateTime(2026, 1, 2, 3, 4, 5, 678, DateTimeKind.Utc), description.StreamCreationTimestamp);
        Assert.Equal(("a", "b", "c"), description.Shards.Select(shard => (shard.ShardId, shard.ParentShardId, shard.AdjacentParentShardId)).Single());
    }

    [Fact]
    public async Task ShardsAreListedPageByPage()
    {
        static Answer Page(string shard, string token) => new(200, $$$"""
            {"Shards":[{"ShardId":"{{{shard}}}","HashKeyRange":{"StartingHashKey":"0","EndingHashKey":"9"},"SequenceNumberRange":{"StartingSequenceNumber":"1","EndingSequenceNumber":"2"}}]{{{token}}}}
            """);
        using var server = new LocalServer(Page("a", ""","NextToken":"t" """), Page("b", ""));
        using var kinesis = Client(server);

        var first = await kinesis.ListShardsAsync(new ListShardsRequest { StreamName = "s" });
        var second = await kinesis.ListShardsAsync(new ListShardsRequest { NextToken = first.NextToken });

        Assert.Equal(["a", "b"], first.Shards.Concat(second.Shards).Select(shard => shard.ShardId));
        Assert.Equal("2", first.Shards[0].SequenceNumberRange.EndingSequenceNumber);
        Assert.Null(second.NextToken);
        Assert.Equal(["""{"StreamName":"s"}""", """{"NextToken":"t"}"""], server.Requests.Select(request => request.Text));
    }

    [Fact]
    public async Task ARecordThatFailedCarriesItsError()
    {
        using var server = new LocalServer(new Answer(200, """
            {"FailedRecordCount":1,"EncryptionType":"KMS","Records":[{"SequenceNumber":"1","ShardId":"s"},{"ErrorCode":"InternalFailure","ErrorMessage":"Try again"}]}
            """));
        using var kinesis = Client(server);

        var response = await kinesis.PutRecordsAsync(new PutRecordsRequest { StreamName = "s", Records = [] });

        Assert.Equal(1, response.FailedRecordCount);
        Assert.Equal(EncryptionType.KMS, response.EncryptionType);
        Assert.Equal(["1", null], response.Records.Select(record => record.SequenceNumber));
        Assert.Equal([null, "InternalFailure"], response.Records.Select(record => record.ErrorCode));
    }

    [Fact]
    public async Task AThrottledRequestIsTriedAgain()
    {
        using var server = new LocalServer(Throttled, new Answer(503, "<html>no JSON</html>"), new Answer(200, """{"ShardId":"s","SequenceNumber":"1"}"""));
        using var kinesis = Client(server);

        var response = await kinesis.PutRecordAsync(new PutRecordRequest { StreamName = "s", PartitionKey = "k", Data = new MemoryStream([1]) });

        Assert.Equal("1", response.SequenceNumber);
        Assert.Equal(3, server.Requests.Count);
        Assert.Single(server.Requests.Select(request => request.Text).Distinct());
    }

    [Theory]
    [InlineData("ProvisionedThroughputExceededException", typeof(ProvisionedThroughputExceededException))]
    [InlineData("ExpiredIteratorException", typeof(ExpiredIteratorException))]
    [InlineData("ExpiredNextTokenException", typeof(ExpiredNextTokenException))]
    [InlineData("ResourceNotFoundException", typeof(ResourceNotFoundException))]
    [InlineData("ResourceInUseException", typeof(ResourceInUseException))]
    [InlineData("InvalidArgumentException", typeof(InvalidArgumentException))]
    [InlineData("LimitExceededException", typeof(LimitExceededException))]
    [InlineData("AccessDeniedException", typeof(AccessDeniedException))]
    [InlineData("KMSAccessDeniedException", typeof(KMSAccessDeniedException))]
    [InlineData("KMSThrottlingException", typeof(KMSThrottlingException))]
    [InlineData("InternalFailureException", typeof(InternalFailureException))]
    [InlineData("SomethingElse", typeof(AmazonKinesisException))]
    public async Task AnErrorsCodeDecidesOnTheException(string code, Type type)
    {
        using var server = new LocalServer(new Answer(400, $$"""{"__type":"{{code}}","Message":"why"}""", ("x-amzn-RequestId", "id-1")));
        using var kinesis = Client(server, retries: 0);

        var exception = await Assert.ThrowsAnyAsync<AmazonKinesisException>(() => kinesis.GetRecordsAsync(new GetRecordsRequest { ShardIterator = "i" }));

        Assert.IsType(type, exception);
        Assert.Equal((code, "why", "id-1"), (exception.ErrorCode, exception.Message, exception.RequestId));
    }

    [Fact]
    public async Task ResponseOfAnotherServerIsAnErrorWithTheStatus()
    {
        using var server = new LocalServer(new Answer(502, "<html>bad gateway</html>"));
        using var kinesis = Client(server, retries: 0);

        var exception = await Assert.ThrowsAsync<AmazonKinesisException>(() => kinesis.ListStreamsAsync(new ListStreamsRequest()));

        Assert.Contains("502", exception.Message);
        Assert.Equal(ErrorType.Receiver, exception.ErrorType);
    }

    [Theory]
    [InlineData("eu-central-1", false, false, "https://kinesis.eu-central-1.amazonaws.com/")]
    [InlineData("cn-north-1", false, false, "https://kinesis.cn-north-1.amazonaws.com.cn/")]
    [InlineData("us-east-1", true, false, "https://kinesis-fips.us-east-1.amazonaws.com/")]
    [InlineData("us-east-1", false, true, "https://kinesis.us-east-1.api.aws/")]
    public void ARegionHasItsEndpoint(string region, bool fips, bool dualStack, string url)
    {
        var config = new AmazonKinesisConfig
        {
            RegionEndpoint = RegionEndpoint.GetBySystemName(region),
            UseFIPSEndpoint = fips,
            UseDualstackEndpoint = dualStack,
        };

        Assert.Equal(url, config.DetermineServiceOperationEndpoint(new ServiceOperationEndpointParameters(new ListStreamsRequest())).URL);
    }

    [Fact]
    public async Task TheEnvironmentNamesTheEndpointOfAllServicesOrOfOne()
    {
        using var all = new LocalServer(new Answer(200, """{"StreamNames":["all"]}"""));
        using var one = new LocalServer(new Answer(200, """{"StreamNames":["one"]}"""));
        Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL", all.Url);
        try
        {
            Assert.Equal(["all"], await ListAsync());
            Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL_KINESIS", one.Url);
            Assert.Equal(["one"], await ListAsync());
        }
        finally
        {
            Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL", null);
            Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL_KINESIS", null);
        }

        static async Task<List<string>> ListAsync()
        {
            using var kinesis = new AmazonKinesisClient(Emulators.Credentials);
            return (await kinesis.ListStreamsAsync(new ListStreamsRequest())).StreamNames;
        }
    }

    [Fact]
    public async Task KeysOfAnyTextAndDataOfAnyLengthAreWritten()
    {
        using var server = new LocalServer(new Answer(200, """{"FailedRecordCount":0,"Records":[]}"""));
        using var kinesis = Client(server);
        var records = Enumerable.Range(0, 500).Select(index => new PutRecordsRequestEntry { Data = new MemoryStream(new byte[index]), PartitionKey = $"\"{index}\\" }).ToList();

        await kinesis.PutRecordsAsync(new PutRecordsRequest { StreamName = "s", Records = records });

        using var json = JsonDocument.Parse(Assert.Single(server.Requests).Body);
        var sent = json.RootElement.GetProperty("Records").EnumerateArray().ToList();
        Assert.Equal(records.Select(record => record.PartitionKey), sent.Select(record => record.GetProperty("PartitionKey").GetString()));
        Assert.Equal(records.Select(record => record.Data.Length), sent.Select(record => (long)record.GetProperty("Data").GetBytesFromBase64().Length));
    }

    private static AmazonKinesisClient Client(LocalServer server, int retries = 3) => new(
        Emulators.Credentials,
        new AmazonKinesisConfig { ServiceURL = server.Url, AuthenticationRegion = "eu-west-1", MaxErrorRetry = retries });
}
