using System.Collections.Concurrent;
using System.Net;
using Amazon.Runtime;
using Analytics.Local.Mapping;

namespace Analytics.Local.Tests.Mapping;

public sealed class EventSourceMappingTests : IDisposable
{
    private static readonly EventSourceMappingConfiguration Configuration = Some.Configuration with { OnFailureDestinationArn = null };
    private readonly string _folder = Directory.CreateTempSubdirectory("mapping").FullName;
    private readonly InMemoryStream _stream = new();
    private readonly RecordingInvoker _invoker = new();
    private readonly CancellationTokenSource _timeout = new(TimeSpan.FromMinutes(10));

    public void Dispose()
    {
        _timeout.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task TrimHorizonBeginsWithTheOldestRecord()
    {
        _stream.Put("before");
        await using var mapping = await StartAsync(Configuration);
        _stream.Put("after");
        await mapping.DrainAsync(_timeout.Token);

        Assert.Equal(["before", "after"], _invoker.Data);
        Assert.Equal(2, mapping.Statistics.Records);
    }

    [Fact]
    public async Task LatestStartsWithRecordsPutAfterTheStart()
    {
        _stream.Put("before");
        await using var mapping = await StartAsync(Configuration with { StartingPosition = StartingPosition.Latest });
        _stream.Put("after");
        await mapping.DrainAsync(_timeout.Token);

        Assert.Equal(["after"], _invoker.Data);
    }

    [Fact]
    public async Task LatestMissesNoRecordPutWhileTheMappingIsDown()
    {
        var configuration = Configuration with { StartingPosition = StartingPosition.Latest };
        _stream.Put("before");
        await TickAsync();
        await using (await StartAsync(configuration))
        {
        }

        _stream.Put("while down");
        await using var mapping = await StartAsync(configuration);
        await mapping.DrainAsync(_timeout.Token);

        Assert.Equal(["while down"], _invoker.Data);
    }

    [Fact]
    public async Task AtTimestampBeginsWithTheFirstRecordThatArrivedThen()
    {
        _stream.Put("before");
        await TickAsync();
        var time = DateTimeOffset.UtcNow;
        _stream.Put("after");
        await using var mapping = await StartAsync(
            Configuration with { StartingPosition = StartingPosition.AtTimestamp, StartingPositionTimestamp = time });
        await mapping.DrainAsync(_timeout.Token);

        Assert.Equal(["after"], _invoker.Data);
    }

    [Fact]
    public async Task RestartResumesAfterTheCheckpoint()
    {
        _stream.Put("first");
        await using (var mapping = await StartAsync(Configuration))
        {
            await mapping.DrainAsync(_timeout.Token);
        }

        _stream.Put("second");
        await using var again = await StartAsync(Configuration);
        await again.DrainAsync(_timeout.Token);

        Assert.Equal(["first", "second"], _invoker.Data);
    }

    [Fact]
    public async Task DrainingWaitsForTheInvocationsUnderWay()
    {
        var gate = new TaskCompletionSource<InvocationOutcome>();
        _invoker.Function = (_, _) => gate.Task;
        _stream.Put("one");
        await using var mapping = await StartAsync(Configuration);

        var drained = mapping.DrainAsync(_timeout.Token);
        await Eventually.HoldsAsync(() => _invoker.Calls.Count == 1);
        Assert.False(drained.IsCompleted);
        gate.SetResult(Some.Success);

        await drained;
    }

    [Fact]
    public async Task DrainingEndsTheBatchingWindow()
    {
        _stream.Put("one");
        await using var mapping = await StartAsync(Configuration with { MaximumBatchingWindow = TimeSpan.FromSeconds(300) });

        await mapping.DrainAsync(_timeout.Token).WaitAsync(TimeSpan.FromMinutes(2));

        Assert.Equal(["one"], _invoker.Data);
    }

    [Fact]
    public async Task DrainingWaitsForTheFinalInvocationOfATumblingWindow()
    {
        _invoker.Function = (_, _) => Task.FromResult(Some.Answer("""{"state":{}}"""));
        _stream.Put("one");
        await using var mapping = await StartAsync(Configuration with { TumblingWindow = TimeSpan.FromSeconds(1) });

        await mapping.DrainAsync(_timeout.Token);

        Assert.True(_invoker.Calls[^1].IsFinal);
    }

    [Fact]
    public async Task AnEmptyStreamIsDrained()
    {
        await using var mapping = await StartAsync(Configuration);

        await mapping.DrainAsync(_timeout.Token);

        Assert.Empty(_invoker.Calls);
    }

    [Fact]
    public async Task ChildrenAreReadOnceTheirParentIsSettled()
    {
        var gate = new TaskCompletionSource<InvocationOutcome>();
        _invoker.Function = (call, _) => call.Data.Contains("parent") ? gate.Task : Task.FromResult(Some.Success);
        await using var mapping = await StartAsync(Configuration with { BatchSize = 1 });
        _stream.Put("parent");
        _stream.Split(Some.ShardId, "shardId-000000000001", "shardId-000000000002");
        _stream.Put("left", shardId: "shardId-000000000001");
        _stream.Put("right", shardId: "shardId-000000000002");

        var drained = mapping.DrainAsync(_timeout.Token);
        await Eventually.HoldsAsync(() => _invoker.Calls.Count == 1);
        Assert.Equal(["parent"], _invoker.Data);
        gate.SetResult(Some.Success);
        await drained;

        Assert.Equal(["left", "right"], _invoker.Data.Skip(1).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task TheEndOfAShardClosesItsWindowAndItsChildrenStartAfresh()
    {
        _invoker.Function = (call, _) => Task.FromResult(Some.Answer($$$"""{"state":{"seen":"{{{string.Concat(call.Data)}}}"}}"""));
        _stream.Put("parent");
        _stream.Split(Some.ShardId, "shardId-000000000001", "shardId-000000000002");
        _stream.Put("left", shardId: "shardId-000000000001");
        _stream.Put("right", shardId: "shardId-000000000002");
        await using var mapping = await StartAsync(Configuration with { TumblingWindow = TimeSpan.FromSeconds(900) });
        await Eventually.HoldsAsync(() => _invoker.Data.Count == 3);

        Assert.Equal((false, "{}"), (_invoker.Calls[0].IsFinal, _invoker.Calls[0].State));
        Assert.Equal((true, """{"seen":"parent"}"""), (_invoker.Calls[1].IsFinal, _invoker.Calls[1].State));
        Assert.All(_invoker.Calls.Skip(2).Where(call => !call.IsFinal), call => Assert.Equal("{}", call.State));
        Assert.Equal(["left", "right"], _invoker.Data.Skip(1).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task SiblingsRunSideBySide()
    {
        var both = new CountdownEvent(2);
        _stream.Split(Some.ShardId, "shardId-000000000001", "shardId-000000000002");
        _stream.Put("left", shardId: "shardId-000000000001");
        _stream.Put("right", shardId: "shardId-000000000002");
        _invoker.Function = async (_, token) =>
        {
            both.Signal();
            await Task.Run(() => both.Wait(token), token);
            return Some.Success;
        };

        await using var mapping = await StartAsync(Configuration);
        await mapping.DrainAsync(_timeout.Token);

        Assert.Equal(["shardId-000000000001/0", "shardId-000000000002/0"], _invoker.Calls.Select(call => call.EnvironmentKey).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task AFinishedShardIsNotReadAgainAfterARestart()
    {
        _stream.Put("parent");
        _stream.Split(Some.ShardId, "shardId-000000000001");
        await using (var mapping = await StartAsync(Configuration))
        {
            await mapping.DrainAsync(_timeout.Token);
        }

        _stream.Put("child", shardId: "shardId-000000000001");
        await using var again = await StartAsync(Configuration);
        await again.DrainAsync(_timeout.Token);

        Assert.Equal(["parent", "child"], _invoker.Data);
    }

    [Theory]
    [InlineData(StartingPosition.TrimHorizon)]
    [InlineData(StartingPosition.Latest)]
    public async Task AnExpiredIteratorIsReplacedWithoutLossAndWithoutRepetition(StartingPosition position)
    {
        _stream.Put("before");
        await TickAsync();
        await using var mapping = await StartAsync(Configuration with { StartingPosition = position });
        _stream.Expiries = 1;
        await Eventually.HoldsAsync(() => _stream.Expiries == 0);
        _stream.Put("one");
        await mapping.DrainAsync(_timeout.Token);
        _stream.Expiries = 1;
        await Eventually.HoldsAsync(() => _stream.Expiries == 0);
        _stream.Put("two");
        await mapping.DrainAsync(_timeout.Token);

        Assert.Equal(position == StartingPosition.Latest ? ["one", "two"] : ["before", "one", "two"], _invoker.Data);
    }

    [Fact]
    public async Task FailingInvokerStopsTheMappingWithAMessage()
    {
        _invoker.Function = (_, _) => throw new InvalidOperationException("the function cannot be started");
        _stream.Put("one");
        await using var mapping = await StartAsync(Configuration);

        var error = await Assert.ThrowsAsync<EventSourceMappingException>(() => mapping.DrainAsync(_timeout.Token));

        Assert.Equal("The mapping of events to counters stopped at shardId-000000000000: the function cannot be started", error.Message);
        await Assert.ThrowsAsync<EventSourceMappingException>(() => mapping.Fault);
    }

    [Fact]
    public async Task AStreamThatCannotBeReadStopsTheMapping()
    {
        await using var mapping = await StartAsync(Configuration);
        _stream.BeforeRead = () => throw new EventSourceMappingException("The stream events cannot be read: gone");

        var error = await Assert.ThrowsAsync<EventSourceMappingException>(() => mapping.DrainAsync(_timeout.Token));

        Assert.Equal("The stream events cannot be read: gone", error.Message);
    }

    [Fact]
    public async Task DeletedStreamStopsItsMappingWithoutAFault()
    {
        var lines = new ConcurrentQueue<string>();
        _stream.Put("one");
        await using var mapping = await StartAsync(Configuration, report: lines.Enqueue);
        await mapping.DrainAsync(_timeout.Token);

        _stream.BeforeRead = () => throw Deleted();
        await Eventually.HoldsAsync(() => !lines.IsEmpty);
        await mapping.DrainAsync(_timeout.Token);

        Assert.Equal("The stream events cannot be read: gone. The mapping of events to counters has stopped; other mappings continue.", Assert.Single(lines));
        Assert.False(mapping.Fault.IsCompleted);
    }

    [Fact]
    public async Task WaitingUntilDrainedEndsWhenTheStreamIsDeleted()
    {
        var gate = new TaskCompletionSource<InvocationOutcome>();
        _invoker.Function = (_, token) => gate.Task.WaitAsync(token);
        _stream.Put("one");
        await using var mapping = await StartAsync(Configuration);
        await Eventually.HoldsAsync(() => _invoker.Calls.Count == 1);
        var drained = mapping.DrainAsync(_timeout.Token);

        _stream.BeforeRead = () => throw Deleted();

        await drained;
    }

    [Theory]
    [InlineData(HttpStatusCode.Forbidden, "AccessDenied")]
    [InlineData(HttpStatusCode.BadRequest, "AWS.SimpleQueueService.NonExistentQueue")]
    [InlineData(HttpStatusCode.NotFound, "NoSuchBucket")]
    public async Task RejectedFailureRecordIsDroppedAndTheShardContinues(HttpStatusCode status, string code)
    {
        var lines = new ConcurrentQueue<string>();
        var destination = new FlakyDestination(failures: 1, new AmazonServiceException("no", ErrorType.Sender, code, "id", status));
        _invoker.Function = (call, _) => Task.FromResult(call.Data.Contains("bad") ? Some.Thrown : Some.Success);
        _stream.Put("bad");
        _stream.Put("good");
        await using var mapping = await StartAsync(Some.Configuration with { BatchSize = 1, MaximumRetryAttempts = 0 }, destination, lines.Enqueue);

        await mapping.DrainAsync(_timeout.Token);

        Assert.Equal(["bad", "good"], _invoker.Data);
        Assert.Empty(destination.Sent);
        Assert.Equal(
            "arn:aws:sqs:eu-west-1:123456789012:failures rejected the failure record of counters for 1 record of shardId-000000000000 from 1 to 1, so it is dropped: no",
            Assert.Single(lines));
        Assert.Equal((1, 1, 0), (
            mapping.Statistics.DroppedEventCount, mapping.Statistics.DestinationDeliveryFailures, mapping.Statistics.OnFailureDestinationDeliveredEventCount));
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest, "ThrottlingException")]
    [InlineData(HttpStatusCode.Forbidden, "RequestThrottled")]
    [InlineData(HttpStatusCode.TooManyRequests, "TooManyRequests")]
    [InlineData(HttpStatusCode.ServiceUnavailable, "SlowDown")]
    [InlineData(HttpStatusCode.InternalServerError, "InternalError")]
    public async Task AFailureRecordThatCannotBeTakenNowIsSentAgain(HttpStatusCode status, string code)
    {
        var destination = new FlakyDestination(failures: 1, new AmazonServiceException("no", ErrorType.Unknown, code, "id", status));
        _invoker.Function = (_, _) => Task.FromResult(Some.Thrown);
        _stream.Put("one");
        await using var mapping = await StartAsync(Some.Configuration with { MaximumRetryAttempts = 0 }, destination);

        await mapping.DrainAsync(_timeout.Token);

        Assert.Single(destination.Sent);
        Assert.Equal((0, 0), (mapping.Statistics.DroppedEventCount, mapping.Statistics.DestinationDeliveryFailures));
    }

    [Fact]
    public async Task AFailureRecordIsSentAgainUntilItArrives()
    {
        var lines = new ConcurrentQueue<string>();
        var destination = new FlakyDestination(failures: 2);
        _invoker.Function = (_, _) => Task.FromResult(Some.Thrown);
        _stream.Put("one");
        await using var mapping = await StartAsync(Some.Configuration with { MaximumRetryAttempts = 0 }, destination, lines.Enqueue);

        await mapping.DrainAsync(_timeout.Token);

        Assert.Equal("1", Assert.Single(destination.Sent).KinesisBatchInfo.Range!.StartSequenceNumber);
        Assert.Equal(2, lines.Count);
        Assert.Equal(1, mapping.Statistics.OnFailureDestinationDeliveredEventCount);
    }

    [Fact]
    public async Task OnlyRecordsThatMatchAPatternAreInvoked()
    {
        var configuration = Configuration with
        {
            FilterCriteria = ["""{"data":{"type":["purchase"]}}""", """{"partitionKey":["vip"]}"""],
        };
        _stream.Put("""{"type":"purchase"}""");
        _stream.Put("""{"type":"click"}""");
        _stream.Put("""{"type":"click"}""", key: "vip");
        _stream.Put("not JSON");
        await using var mapping = await StartAsync(configuration);
        await mapping.DrainAsync(_timeout.Token);

        Assert.Equal(["""{"type":"purchase"}""", """{"type":"click"}"""], _invoker.Data);
        Assert.Equal(["key", "vip"], _invoker.Calls.SelectMany(call => call.Keys));
        Assert.Equal(2, mapping.Statistics.FilteredOutEventCount);
    }

    [Fact]
    public void InvalidPatternIsReportedInOneLine()
    {
        var error = Assert.Single((Configuration with { FilterCriteria = ["""{"data":{"a":"b"}}"""] }).Validate());

        Assert.StartsWith("Event source mapping of counters: FilterCriteria, pattern 1: ", error, StringComparison.Ordinal);
    }

    [Fact]
    public void SettingsOutOfBoundsAreRejectedImmediately()
    {
        var error = Assert.Throws<EventSourceMappingException>(() => Create(Configuration with { BatchSize = 0 }, null, null));

        Assert.Equal("Event source mapping of counters: BatchSize is 0; it must be 1 to 10,000.", error.Message);
    }

    [Fact]
    public async Task StoppingCancelsTheInvocationAndTheRecordsComeAgain()
    {
        _invoker.Function = async (_, token) =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return Some.Success;
        };
        _stream.Put("one");
        await using (await StartAsync(Configuration))
        {
            await Eventually.HoldsAsync(() => _invoker.Calls.Count == 1);
        }

        _invoker.Function = (_, _) => Task.FromResult(Some.Success);
        await using var again = await StartAsync(Configuration);
        await again.DrainAsync(_timeout.Token);

        Assert.Equal(["one", "one"], _invoker.Data);
    }

    private static async Task TickAsync()
    {
        var time = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        await Eventually.HoldsAsync(() => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() > time + 1);
    }

    private EventSourceMapping Create(EventSourceMappingConfiguration configuration, IFailureDestination? onFailure, Action<string>? report) =>
        new(configuration, _stream, _invoker, new FileCheckpointStore(_folder), onFailure, TimeProvider.System, report ?? (_ => { }));

    private async Task<EventSourceMapping> StartAsync(
        EventSourceMappingConfiguration configuration, IFailureDestination? onFailure = null, Action<string>? report = null)
    {
        var mapping = Create(configuration, onFailure, report);
        await mapping.StartAsync(_timeout.Token);
        return mapping;
    }

    private static StreamNotFoundException Deleted() => new("The stream events cannot be read: gone.", new InvalidOperationException());

    private sealed class FlakyDestination(int failures, Exception? error = null) : IFailureDestination
    {
        private int _failures = failures;

        public List<FailureRecord> Sent { get; } = [];

        public bool TakesPayload => true;

        public Task CheckAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task SendAsync(FailureRecord failure, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
        {
            if (_failures-- > 0)
            {
                throw error ?? new HttpRequestException("refused");
            }

            Assert.False(payload.IsEmpty);
            Sent.Add(failure);
            return Task.CompletedTask;
        }
    }
}
