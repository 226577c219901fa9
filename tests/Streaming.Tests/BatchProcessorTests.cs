using System.Text;
using Amazon.Lambda.KinesisEvents;
using Analytics.Events;

namespace Analytics.Streaming.Tests;

public sealed class BatchProcessorTests
{
    private readonly FakeTime _time = new(Some.Now);
    private readonly List<string> _committed = [];

    private BatchProcessor Processor => new(Some.Reader, _time);

    [Fact]
    public async Task WrittenBatchReportsNoFailures()
    {
        var response = await Run(Some.Batch(Some.Record(1), Some.Record(2), Some.Record(3)));

        Assert.Empty(response.BatchItemFailures);
        Assert.Equal(Sequences(1, 2, 3), _committed);
    }

    [Theory]
    [InlineData("arn:aws:kinesis:us-east-1:123456789012:stream/events")]
    [InlineData("arn:aws:kinesis:us-east-1:123456789012:stream/events/consumer/archive:1700000000")]
    public async Task BatchHasTheArnOfItsStreamAlsoWithEnhancedFanOut(string eventSourceArn)
    {
        var record = Some.Record(1);
        record.EventSourceARN = eventSourceArn;
        BatchInfo info = default;

        await Run(Some.Batch(record), begin: batch =>
        {
            info = batch;
            return new RecordingFold();
        });

        Assert.Equal("arn:aws:kinesis:us-east-1:123456789012:stream/events", info.StreamArn);
        Assert.Equal(eventSourceArn.Contains("/consumer/", StringComparison.Ordinal), info.IsFromConsumer);
    }

    [Fact]
    public async Task AnEmptyBatchReportsNothingAndCommitsNothing()
    {
        var response = await Processor.ProcessAsync(
            Some.Batch(), Some.Context(), _ => throw new InvalidOperationException(), (RecordingFold _, CancellationToken _) => throw new InvalidOperationException());

        Assert.Empty(response.BatchItemFailures);
    }

    [Fact]
    public async Task MalformedRecordIsQuarantinedByTheFold()
    {
        var response = await Run(Some.Batch(Some.Record(1), Some.Record(2, "not JSON"), Some.Record(3)));

        Assert.Empty(response.BatchItemFailures);
        Assert.Equal(Sequences(1, 2, 3), _committed);
    }

    [Fact]
    public async Task ARecordThatStopsTheFoldIsReportedAndThePrefixIsFoldedAfreshAndCommitted()
    {
        var folds = 0;
        var committed = 0;
        var response = await Run(
            Some.Batch(Some.Record(1), Some.Record(2), Some.Record(3), Some.Record(4)),
            begin: _ => new RecordingFold(throwAt: Some.Sequence(3)) { Number = ++folds },
            commit: (fold, _) =>
            {
                committed = fold.Number;
                _committed.AddRange(fold.Seen);
                return Task.FromResult(CommitResult.Complete);
            });

        Assert.Equal([Some.Sequence(3)], Some.Reported(response));
        Assert.Equal(Sequences(1, 2), _committed);
        Assert.Equal(2, committed);
    }

    [Fact]
    public async Task PartOfAnAbortedRecordIsNotCommitted()
    {
        var response = await Run(
            Some.Batch(Some.Record(1), Some.Aggregate(2, ("a", "{}"), ("b", "{}"))),
            begin: _ => new RecordingFold(throwAt: Some.Sequence(2), afterUsers: 1));

        Assert.Equal([Some.Sequence(2)], Some.Reported(response));
        Assert.Equal(Sequences(1), _committed);
    }

    [Fact]
    public async Task AbortAtTheFirstRecordCommitsNothing()
    {
        var commits = 0;
        var response = await Run(
            Some.Batch(Some.Record(1), Some.Record(2)),
            begin: _ => new RecordingFold(throwAt: Some.Sequence(1)),
            commit: (_, _) =>
            {
                commits++;
                return Task.FromResult(CommitResult.Complete);
            });

        Assert.Equal([Some.Sequence(1)], Some.Reported(response));
        Assert.Equal(0, commits);
    }

    [Fact]
    public async Task AFoldThatStopsElsewhereTheSecondTimeIsCutAgain()
    {
        var folds = 0;
        var response = await Run(
            Some.Batch(Some.Record(1), Some.Record(2), Some.Record(3)),
            begin: _ => new RecordingFold(throwAt: Some.Sequence(folds++ == 0 ? 3 : 2)));

        Assert.Equal([Some.Sequence(2)], Some.Reported(response));
        Assert.Equal(Sequences(1), _committed);
    }

    [Fact]
    public async Task TheLowerOfTheCommitsAndTheFoldsFailureIsReported()
    {
        var response = await Run(
            Some.Batch(Some.Record(1), Some.Record(2), Some.Record(3)),
            begin: _ => new RecordingFold(throwAt: Some.Sequence(3)),
            commit: (_, _) => Task.FromResult(CommitResult.FailedFrom(SequenceNumber.Parse(Some.Sequence(2)))));

        Assert.Equal([Some.Sequence(2)], Some.Reported(response));
    }

    [Fact]
    public async Task ACommitThatNamesNoRecordOfTheBatchBringsItBackWhole()
    {
        var response = await Run(
            Some.Batch(Some.Record(1), Some.Record(2)),
            commit: (_, _) => Task.FromResult(CommitResult.FailedFrom(SequenceNumber.Parse(Some.Sequence(9)))));

        Assert.Equal([Some.Sequence(1)], Some.Reported(response));
    }

    [Fact]
    public async Task ACommitThatThrowsBringsTheBatchBackWhole()
    {
        var response = await Run(Some.Batch(Some.Record(1), Some.Record(2)), commit: (_, _) => throw new InvalidOperationException());

        Assert.Equal([Some.Sequence(1)], Some.Reported(response));
    }

    [Fact]
    public async Task ARecordWithoutKinesisDataIsReportedAndThoseBeforeItAreCommitted()
    {
        var without = Some.Record(2);
        without.Kinesis = null!;

        var response = await Run(Some.Batch(Some.Record(1), without, Some.Record(3)));

        Assert.Equal([Some.Sequence(2)], Some.Reported(response));
        Assert.Equal(Sequences(1), _committed);
    }

    [Fact]
    public async Task ARecordOfAnotherShardIsReportedAndThoseBeforeItAreCommitted()
    {
        var response = await Run(Some.Batch(Some.Record(1), Some.Record(2, shard: "shardId-000000000007")));

        Assert.Equal([Some.Sequence(2)], Some.Reported(response));
        Assert.Equal(Sequences(1), _committed);
    }

    [Theory]
    [InlineData(Some.Shard + ":x")]
    [InlineData("")]
    [InlineData(null)]
    public async Task RecordWithoutASequenceNumberIsReportedByAnEmptyIdentifier(string? eventId)
    {
        var without = Some.Record(2);
        without.Kinesis.SequenceNumber = "x";
        without.EventId = eventId!;

        var response = await Run(Some.Batch(Some.Record(1), without));

        Assert.Equal([""], Some.Reported(response));
        Assert.Equal(Sequences(1), _committed);
    }

    [Fact]
    public async Task AFailedRecordIsReportedByItsSequenceNumberWhateverItsEventIdIs()
    {
        var record = Some.Record(1);
        record.EventId = Some.Shard + ":17";

        var response = await Run(Some.Batch(record), begin: _ => new RecordingFold(throwAt: Some.Sequence(1)));

        Assert.Equal([Some.Sequence(1)], Some.Reported(response));
    }

    [Theory]
    [InlineData("shardless", "its event ID has no shard")]
    [InlineData(":17", "its event ID has no shard")]
    [InlineData(null, "its event ID has no shard")]
    [InlineData("shardId-000000000007:17", "it is from another shard than the batch's first record")]
    public async Task ARecordWhoseEventIdIsNotOfTheShardIsRejectedWithTheReasonInTheLog(string? eventId, string reason)
    {
        var other = Some.Record(2);
        other.EventId = eventId!;
        var isFirst = reason.EndsWith("no shard", StringComparison.Ordinal);
        var log = new RecordingLog();
        var response = await new BatchProcessor(Some.Reader, _time) { LogWriter = log }.ProcessAsync(
            isFirst ? Some.Batch(other, Some.Record(3)) : Some.Batch(Some.Record(1), other),
            Some.Context(),
            _ => new RecordingFold(),
            (_, _) => Task.FromResult(CommitResult.Complete));

        Assert.Equal([Some.Sequence(2)], Some.Reported(response));
        Assert.Contains(reason, Assert.Single(log.Lines).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ABatchWithoutAnArnIsProcessed()
    {
        var record = Some.Record(1);
        record.EventSourceARN = null!;
        string? streamArn = null;
        var response = await Run(Some.Batch(record), begin: batch =>
        {
            streamArn = batch.StreamArn;
            return new RecordingFold();
        });

        Assert.Empty(response.BatchItemFailures);
        Assert.Equal("", streamArn);
    }

    [Fact]
    public async Task AFailedRecordIsLoggedOnceAlsoIfItIsTheOnlyOne()
    {
        var log = new RecordingLog();
        await new BatchProcessor(Some.Reader, _time) { LogWriter = log }.ProcessAsync(
            Some.Batch(Some.Record(1)),
            Some.Context(),
            _ => new RecordingFold(throwAt: Some.Sequence(1)),
            (_, _) => Task.FromResult(CommitResult.Complete));

        Assert.Contains(Some.Sequence(1), Assert.Single(log.Lines).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnIncompleteCommitIsLogged()
    {
        var log = new RecordingLog();
        await new BatchProcessor(Some.Reader, _time) { LogWriter = log }.ProcessAsync(
            Some.Batch(Some.Record(1), Some.Record(2)),
            Some.Context(),
            _ => new RecordingFold(),
            (_, _) => Task.FromResult(CommitResult.FailedFrom(SequenceNumber.Parse(Some.Sequence(2)))));

        Assert.Contains($"from {Some.Sequence(2)} on", Assert.Single(log.Lines).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UserRecordsOfEachAggregateAreNumberedFromZero()
    {
        var occurrences = new List<int>();
        await Run(
            Some.Batch(Some.Aggregate(1, ("a", "{}"), ("a", "{}")), Some.Aggregate(2, ("a", "{}"), ("a", "{}"))),
            begin: _ => new RecordingFold(onRecord: record => occurrences.Add(record.Occurrence)));

        Assert.Equal([0, 1, 0, 1], occurrences);
    }

    [Fact]
    public async Task FoldReceivesTheBatchContext()
    {
        BatchInfo? info = null;
        await Run(Some.Batch(Some.Record(1)), begin: batch =>
        {
            info = batch;
            return new RecordingFold();
        });

        Assert.Equal(Some.BatchInfo, info);
    }

    [Fact]
    public async Task TheCommitIsStoppedInTimeToAnswer()
    {
        // An assertion in the commit would look like a failed commit, which this test expects.
        TimeSpan? time = null;
        var isCancelled = false;
        var response = await Run(
            Some.Batch(Some.Record(1)),
            commit: async (_, token) =>
            {
                time = _time.UntilNextTimer;
                _time.Advance(TimeSpan.FromSeconds(30) - FunctionDeadline.AnswerMargin);
                isCancelled = token.IsCancellationRequested;
                token.ThrowIfCancellationRequested();
                return CommitResult.Complete;
            });

        Assert.Equal(TimeSpan.FromSeconds(30) - FunctionDeadline.AnswerMargin, time);
        Assert.True(isCancelled);
        Assert.Equal([Some.Sequence(1)], Some.Reported(response));
    }

    [Fact]
    public async Task ACommitWithHardlyAnyTimeLeftHasHalfOfIt()
    {
        TimeSpan? time = null;
        await Run(
            Some.Batch(Some.Record(1)),
            commit: (_, _) =>
            {
                time = _time.UntilNextTimer;
                return Task.FromResult(CommitResult.Complete);
            },
            remaining: TimeSpan.FromSeconds(1));

        Assert.Equal(TimeSpan.FromSeconds(0.5), time);
    }

    [Fact]
    public async Task EveryFoldIsDisposed()
    {
        List<RecordingFold> folds = [];
        await Run(Some.Batch(Some.Record(1), Some.Record(2)), begin: _ =>
        {
            folds.Add(new RecordingFold(throwAt: Some.Sequence(2)));
            return folds[^1];
        });

        Assert.Equal([true, true], folds.Select(fold => fold.IsDisposed));
    }

    [Fact]
    public async Task BytesThatTheStreamDoesNotLendAreCopied()
    {
        var record = Some.Record(1);
        record.Kinesis.Data = new MemoryStream(Encoding.UTF8.GetBytes("""{"event_type":"login"}"""));
        string? type = null;
        await Run(Some.Batch(record), begin: _ => new RecordingFold(onEvent: user => type = user.Event.Text(EventField.EventType).ToString()));

        Assert.Equal("login", type);
    }

    [Fact]
    public async Task RecordContentIsNotLogged()
    {
        var log = new RecordingLog();
        var processor = new BatchProcessor(Some.Reader, new FakeTime(Some.Now)) { LogWriter = log };
        await processor.ProcessAsync(
            Some.Batch(Some.Record(1), Some.Record(2, """{"user_id":"secret-user"}""")),
            Some.Context(),
            _ => new RecordingFold(throwAt: Some.Sequence(2), message: "secret-user is wrong"),
            (_, _) => throw new InvalidOperationException("secret-user again"));

        Assert.Contains(Some.Sequence(2), log.Lines[0].Text, StringComparison.Ordinal);
        Assert.Equal(2, log.Lines.Count);
        Assert.All(log.Lines, line =>
        {
            Assert.Equal(nameof(InvalidOperationException), line.Exception!.Message);
            Assert.Contains(nameof(BatchProcessorTests), line.Exception.StackTrace, StringComparison.Ordinal);
            Assert.DoesNotContain("secret-user", line.Text + line.Exception, StringComparison.Ordinal);
        });
    }

    private Task<StreamsEventResponse> Run(
        KinesisEvent batch,
        Func<BatchInfo, RecordingFold>? begin = null,
        Func<RecordingFold, CancellationToken, Task<CommitResult>>? commit = null,
        TimeSpan? remaining = null) =>
        Processor.ProcessAsync(
            batch,
            Some.Context(remaining),
            begin ?? (_ => new RecordingFold()),
            commit ?? ((fold, _) =>
            {
                _committed.AddRange(fold.Seen);
                return Task.FromResult(CommitResult.Complete);
            }));

    private static IEnumerable<string> Sequences(params int[] numbers) => numbers.Select(Some.Sequence);

    private sealed class RecordingLog : ILogWriter
    {
        public List<(string Text, LoggedException? Exception)> Lines { get; } = [];

        public void Error(string text, LoggedException? exception = null) => Lines.Add((text, exception));

        public void Warning(string text, LoggedException? exception = null) => Lines.Add((text, exception));
    }

    private sealed class RecordingFold(
        string? throwAt = null, int afterUsers = 0, string message = "", Action<UserRecord>? onEvent = null, Action<StreamRecord>? onRecord = null) : IBatchFold, IDisposable
    {
        public List<string> Seen { get; } = [];

        public int Number { get; init; }

        public bool IsDisposed { get; private set; }

        public void Add(in StreamRecord record, in UserRecord user)
        {
            var sequenceNumber = record.SequenceNumber.ToString();
            if (sequenceNumber == throwAt && user.SubSequenceNumber == afterUsers)
            {
                throw new InvalidOperationException(message);
            }

            Seen.Add(sequenceNumber);
            onEvent?.Invoke(user);
            onRecord?.Invoke(record);
        }

        public void Dispose() => IsDisposed = true;
    }
}
