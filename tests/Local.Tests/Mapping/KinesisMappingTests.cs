using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Amazon.Kinesis;
using Amazon.S3.Model;
using Amazon.SimpleNotificationService.Model;
using Amazon.SQS.Model;
using Analytics.Local.Mapping;
using Analytics.Local.Tests.Services;

namespace Analytics.Local.Tests.Mapping;

/// <summary>Against the local Kinesis: behavior that a stream in memory cannot show.</summary>
[Collection(EmulatorTests.Name)]
public sealed class KinesisMappingTests : IAsyncLifetime, IDisposable
{
    private readonly EmulatorFixture _services;
    private readonly IAmazonKinesis _kinesis;
    private readonly string _folder = Directory.CreateTempSubdirectory("kinesis-mapping").FullName;
    private readonly string _stream = $"stream-{Guid.NewGuid():N}";
    private readonly RecordingInvoker _invoker = new();
    private readonly CancellationTokenSource _timeout = new(TimeSpan.FromMinutes(10));
    private KinesisTestStream _source = null!;

    public KinesisMappingTests(EmulatorFixture services)
    {
        _services = services;
        _kinesis = services.Endpoints.CreateKinesis();
    }

    public async Task InitializeAsync() => _source = await KinesisTestStream.CreateAsync(_kinesis, _stream, shards: 2, _timeout.Token);

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        _kinesis.Dispose();
        _timeout.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task EveryRecordArrivesOnceInTheOrderOfItsKeyInABatchOfOneShard()
    {
        await using var mapping = await StartAsync(Configuration(StartingPosition.Latest) with { BatchSize = 1000, ParallelizationFactor = 3 });
        await _source.PutAsync(0, 2000);
        await mapping.DrainAsync(_timeout.Token);

        AssertAll(2000, repeats: false);
        Assert.All(_invoker.Calls, call => Assert.All(call.EventIds, id => Assert.Equal(call.EnvironmentKey.Split('/')[0], id.Split(':')[0])));
        Assert.Equal(2000, mapping.Statistics.Records);
        Assert.Equal(2000, mapping.Statistics.PolledEventCount);
    }

    [Fact]
    public async Task LatestMissesNoRecordPutRightAfterTheStart()
    {
        await _source.PutAsync(1_000_000, 50);
        await using var mapping = await StartAsync(Configuration(StartingPosition.Latest));
        await _source.PutAsync(0, 50);
        await mapping.DrainAsync(_timeout.Token);

        AssertAll(50, repeats: false);
    }

    [Fact]
    public async Task AtTimestampBeginsWithTheRecordsThatArrivedThen()
    {
        await _source.PutAsync(1_000_000, 50);
        var time = await ArrivalAfterAsync();
        await _source.PutAsync(0, 50);
        await using var mapping = await StartAsync(Configuration(StartingPosition.AtTimestamp) with { StartingPositionTimestamp = time });
        await mapping.DrainAsync(_timeout.Token);

        AssertAll(50, repeats: false);
    }

    [Fact]
    public async Task KilledMappingResumesFromItsFilesWithoutLoss()
    {
        const int Count = 1500;
        var copy = Path.Combine(_folder, "copy");
        var configuration = Configuration(StartingPosition.Latest) with { BatchSize = 50 };
        await using (var mapping = await StartAsync(configuration, Path.Combine(_folder, "files")))
        {
            var writing = _source.PutAsync(0, Count);
            await Eventually.HoldsAsync(() => mapping.Statistics.Records > Count / 3 && HasCheckpoints(Path.Combine(_folder, "files", configuration.Uuid)));
            // The state that a process killed at this point leaves.
            Directory.CreateDirectory(Path.Combine(copy, configuration.Uuid));
            foreach (var file in Directory.GetFiles(Path.Combine(_folder, "files", configuration.Uuid), "*.json"))
            {
                File.Copy(file, Path.Combine(copy, configuration.Uuid, Path.GetFileName(file)));
            }

            await writing;
        }

        var before = _invoker.Calls.Count;
        await using var again = await StartAsync(configuration, copy);
        await again.DrainAsync(_timeout.Token);

        AssertAll(Count, repeats: true);
        Assert.True(_invoker.Calls.Skip(before).Sum(call => call.Data.Length) < Count, "The second run began at the beginning.");
    }

    [Fact]
    public async Task FailedRecordsAreInTheQueue()
    {
        using var sqs = _services.Endpoints.CreateSqs();
        var url = (await sqs.CreateQueueAsync(new CreateQueueRequest { QueueName = _stream })).QueueUrl;

        await GiveUpAsync($"arn:aws:sqs:us-east-1:000000000000:{_stream}");

        var message = Assert.Single((await sqs.ReceiveMessageAsync(new ReceiveMessageRequest { QueueUrl = url, WaitTimeSeconds = 20 })).Messages ?? []);
        AssertFailure(message.Body, hasPayload: false);
    }

    [Fact]
    public async Task FailedRecordsArePublishedToTheTopic()
    {
        using var sqs = _services.Endpoints.CreateSqs();
        using var sns = _services.Endpoints.CreateSns();
        var url = (await sqs.CreateQueueAsync(new CreateQueueRequest { QueueName = _stream })).QueueUrl;
        var topic = (await sns.CreateTopicAsync(new CreateTopicRequest { Name = _stream })).TopicArn;
        await sns.SubscribeAsync(new SubscribeRequest { TopicArn = topic, Protocol = "sqs", Endpoint = $"arn:aws:sqs:us-east-1:000000000000:{_stream}" });

        await GiveUpAsync(topic);

        var message = Assert.Single((await sqs.ReceiveMessageAsync(new ReceiveMessageRequest { QueueUrl = url, WaitTimeSeconds = 20 })).Messages ?? []);
        using var notification = JsonDocument.Parse(message.Body);
        AssertFailure(notification.RootElement.GetProperty("Message").GetString()!, hasPayload: false);
    }

    [Fact]
    public async Task FailedRecordsAreInTheBucketWithTheirEvent()
    {
        using var s3 = _services.Endpoints.CreateS3();
        await s3.PutBucketAsync(new PutBucketRequest { BucketName = _stream });

        await GiveUpAsync($"arn:aws:s3:::{_stream}");

        var listed = Assert.Single((await s3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = _stream })).S3Objects);
        Assert.Matches(
            "^aws/lambda/6d9bce8e-836b-442c-8070-74e77903c815/shardId-0{11}[01]/[0-9]{4}/[0-9]{2}/[0-9]{2}/[0-9-]{10}T[0-9.]{8}-[0-9a-f-]{36}$", listed.Key);
        using var found = await s3.GetObjectAsync(_stream, listed.Key);
        using var reader = new StreamReader(found.ResponseStream);
        AssertFailure(await reader.ReadToEndAsync(), hasPayload: true);
    }

    [Theory]
    [InlineData("arn:aws:sqs:us-east-1:000000000000:nowhere")]
    [InlineData("arn:aws:sns:us-east-1:000000000000:nowhere")]
    [InlineData("arn:aws:s3:::nowhere-at-all")]
    public async Task MissingDestinationIsReportedAtStartup(string arn)
    {
        var error = await Assert.ThrowsAsync<EventSourceMappingException>(
            () => StartAsync(Configuration(StartingPosition.Latest) with { OnFailureDestinationArn = arn }));

        Assert.Contains(arn.Split(':')[^1], error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MissingStreamIsReportedAtStartup()
    {
        var error = await Assert.ThrowsAnyAsync<EventSourceMappingException>(
            () => StartAsync(Configuration(StartingPosition.Latest) with { StreamName = "nothing" }));

        Assert.StartsWith("The stream nothing cannot be read: ", error.Message, StringComparison.Ordinal);
    }

    private static bool HasCheckpoints(string folder) => Enumerable.Range(0, 2).All(shard => File.Exists(Path.Combine(folder, KinesisTestStream.ShardId(shard) + ".json")));

    private EventSourceMappingConfiguration Configuration(StartingPosition position) => Some.Configuration with
    {
        StreamName = _stream,
        StreamArn = $"arn:aws:kinesis:us-east-1:000000000000:stream/{_stream}",
        StartingPosition = position,
        OnFailureDestinationArn = null,
    };

    private async Task<EventSourceMapping> StartAsync(EventSourceMappingConfiguration configuration, string? folder = null)
    {
        var destinations = new FailureDestinations(
            _services.Endpoints.CreateSqs(), _services.Endpoints.CreateSns(), _services.Endpoints.CreateS3(), TimeProvider.System);
        var mapping = new EventSourceMapping(
            configuration, _kinesis, _invoker, new FileCheckpointStore(folder ?? _folder), destinations.For(configuration), TimeProvider.System);
        await mapping.StartAsync(_timeout.Token);
        return mapping;
    }

    private async Task<DateTimeOffset> ArrivalAfterAsync()
    {
        var time = DateTimeOffset.UtcNow;
        await Eventually.HoldsAsync(() => DateTimeOffset.UtcNow > time.AddMilliseconds(5));
        return DateTimeOffset.UtcNow;
    }

    /// <summary>Puts a record on which the function throws until the mapping exhausts its retries.</summary>
    private async Task GiveUpAsync(string destinationArn)
    {
        _invoker.Function = (_, _) => Task.FromResult(Some.Thrown);
        await using var mapping = await StartAsync(
            Configuration(StartingPosition.Latest) with { MaximumRetryAttempts = 1, OnFailureDestinationArn = destinationArn });
        await _source.PutAsync(7, 1);
        await mapping.DrainAsync(_timeout.Token);
        Assert.Equal(2, _invoker.Calls.Count);
        Assert.Equal(1, mapping.Statistics.OnFailureDestinationDeliveredEventCount);
    }

    private void AssertFailure(string body, bool hasPayload)
    {
        using var json = JsonDocument.Parse(body);
        var context = json.RootElement.GetProperty("requestContext");
        Assert.Equal(_invoker.Calls[0].RequestId, context.GetProperty("requestId").GetString());
        Assert.Equal(2, context.GetProperty("approximateInvokeCount").GetInt32());
        Assert.EndsWith(
            ":" + json.RootElement.GetProperty("KinesisBatchInfo").GetProperty("startSequenceNumber").GetString(),
            _invoker.Calls[0].EventIds[0],
            StringComparison.Ordinal);
        Assert.Equal(hasPayload, json.RootElement.TryGetProperty("payload", out var payload));
        if (hasPayload)
        {
            using var invocation = JsonDocument.Parse(payload.GetString()!);
            Assert.Equal(1, invocation.RootElement.GetProperty("Records").GetArrayLength());
        }
    }

    private void AssertAll(int count, bool repeats)
    {
        var numbers = _invoker.Data.Select(data => int.Parse(data, CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(Enumerable.Range(0, count), numbers.Distinct().Order());
        if (repeats)
        {
            return;
        }

        Assert.Equal(count, numbers.Count);
        var byKey = new ConcurrentDictionary<int, int>();
        foreach (var number in numbers)
        {
            Assert.True(byKey.GetValueOrDefault(number % KinesisTestStream.KeyCount, -1) < number, $"{number} came before an earlier record of its key.");
            byKey[number % KinesisTestStream.KeyCount] = number;
        }
    }
}
