using Amazon.Kinesis;
using Amazon.Kinesis.Model;
using NSubstitute;
using NSubstitute.ExceptionExtensions;

namespace Analytics.Streaming.Tests;

public sealed class StreamLookupTests
{
    private readonly IAmazonKinesis _kinesis = Substitute.For<IAmazonKinesis>();
    private readonly FakeTime _time = new(Some.Now);
    private readonly Log _log = new();
    private readonly StreamLookup _lookup;

    public StreamLookupTests() => _lookup = new StreamLookup(() => _kinesis, _time, _log);

    [Fact]
    public async Task TheRecordOfASequenceNumberIsRead()
    {
        Holds(Some.Sequence(7));

        var (key, data) = (await FindAsync())!.Value;

        Assert.Equal(("outer", 2), (key, data.Length));
        await _kinesis.Received().GetShardIteratorAsync(
            Arg.Is<GetShardIteratorRequest>(request => request.StreamName == "analytics" && request.ShardId == Some.Shard
                && request.ShardIteratorType == ShardIteratorType.AT_SEQUENCE_NUMBER && request.StartingSequenceNumber == Some.Sequence(7)),
            Arg.Any<CancellationToken>());
        await _kinesis.Received().GetRecordsAsync(
            Arg.Is<GetRecordsRequest>(request => request.ShardIterator == "iterator" && request.Limit == 1), Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task AnotherRecordIsNotTheOneAskedFor()
    {
        Holds(Some.Sequence(8));

        Assert.Null(await FindAsync());
    }

    [Fact]
    public async Task AStreamThatCannotBeReadIsNotAskedAgainForAWhile()
    {
        Holds(Some.Sequence(7));
        _kinesis.GetShardIteratorAsync(Arg.Any<GetShardIteratorRequest>(), Arg.Any<CancellationToken>()).Throws(new AmazonKinesisException("no"));

        Assert.Null(await FindAsync());
        Assert.Null(await FindAsync());
        await _kinesis.ReceivedWithAnyArgs(1).GetShardIteratorAsync(default(GetShardIteratorRequest)!, default);
        Assert.Contains(Some.Sequence(7), Assert.Single(_log.Warnings), StringComparison.Ordinal);

        _time.Advance(StreamLookup.Pause);
        Holds(Some.Sequence(7));
        Assert.NotNull(await FindAsync());
    }

    [Fact]
    public async Task AStreamThatDoesNotAnswerIsNotWaitedForLong()
    {
        _kinesis.GetShardIteratorAsync(Arg.Any<GetShardIteratorRequest>(), Arg.Any<CancellationToken>()).Returns(async call =>
        {
            await Task.Delay(Timeout.Infinite, call.Arg<CancellationToken>());
            return new GetShardIteratorResponse();
        });

        var finding = FindAsync();
        _time.Advance(StreamLookup.Timeout);

        Assert.Null(await finding);
    }

    private void Holds(string sequenceNumber)
    {
        _kinesis.GetShardIteratorAsync(Arg.Any<GetShardIteratorRequest>(), Arg.Any<CancellationToken>())
            .Returns(new GetShardIteratorResponse { ShardIterator = "iterator" });
        _kinesis.GetRecordsAsync(Arg.Any<GetRecordsRequest>(), Arg.Any<CancellationToken>()).Returns(new GetRecordsResponse
        {
            Records = [new Amazon.Kinesis.Model.Record { SequenceNumber = sequenceNumber, PartitionKey = "outer", Data = new MemoryStream([1, 2]) }],
        });
    }

    private Task<(string PartitionKey, ReadOnlyMemory<byte> Data)?> FindAsync() =>
        _lookup.FindAsync(Some.StreamArn, Some.Shard, Some.Sequence(7), CancellationToken.None);

    private sealed class Log : ILogWriter
    {
        public List<string> Warnings { get; } = [];

        public void Error(string text, LoggedException? exception = null) => throw new NotSupportedException();

        public void Warning(string text, LoggedException? exception = null) => Warnings.Add(text);
    }
}
