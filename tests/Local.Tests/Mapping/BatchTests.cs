using Analytics.Local.Mapping;

namespace Analytics.Local.Tests.Mapping;

public sealed class BatchTests
{
    private const int Limit = 6 * 1024 * 1024;

    [Fact]
    public void ABatchHasAtMostBatchSizeRecords()
    {
        var shard = new ShardDriver(Some.Configuration with { BatchSize = 2 }).Offer(Some.Records(5)).Run();

        Assert.Equal("[12] [34] [5]", shard.Delivered);
    }

    [Fact]
    public void ProgressShowsWaitingAndInFlightRecordsAndFailures()
    {
        var shard = new ShardDriver(Some.Configuration with { BatchSize = 2 }).Offer(Some.Records(5));
        Assert.Equal((5, 0, 0), Progress());

        _ = Assert.IsType<LaneAction.Invoke>(shard.Machine.Next(0, Some.Time));
        Assert.Equal((3, 2, 0), Progress());

        shard.Machine.Complete(0, InvocationOutcome.FunctionError(default), Some.Time);
        Assert.Equal((5, 0, 1), Progress());
        Assert.False(shard.Machine.Progress.IsFinished);

        (long, long, int) Progress() => (shard.Machine.Progress.Waiting, shard.Machine.Progress.InFlight, shard.Machine.Progress.FailedAttempts);
    }

    [Fact]
    public void WithoutABatchingWindowABatchIsInvokedImmediately()
    {
        var shard = new ShardDriver(Some.Configuration).Offer(Some.Record(1)).Run();

        Assert.Equal(Some.Time, Assert.Single(shard.Invocations).At);
    }

    [Fact]
    public void BatchGathersRecordsUntilItsWindowEnds()
    {
        var shard = new ShardDriver(Some.Configuration with { MaximumBatchingWindow = TimeSpan.FromSeconds(5) });

        shard.Offer(Some.Record(1)).RunUntil(Some.Time.AddSeconds(4));
        Assert.Empty(shard.Invocations);
        shard.Offer(Some.Record(2)).Run();

        Assert.Equal("[12]", shard.Delivered);
        Assert.Equal(Some.Time.AddSeconds(5), shard.Invocations[0].At);
    }

    [Fact]
    public void AFullBatchDoesNotWaitForTheBatchingWindow()
    {
        var shard = new ShardDriver(Some.Configuration with { BatchSize = 2, MaximumBatchingWindow = TimeSpan.FromSeconds(300) });

        shard.Offer(Some.Records(3)).RunUntil(Some.Time);

        Assert.Equal("[12]", shard.Delivered);
        Assert.Equal(Some.Time.AddSeconds(300), shard.Run().Invocations[1].At);
    }

    [Fact]
    public void TheEndOfTheShardDoesNotWaitForTheBatchingWindow()
    {
        var shard = new ShardDriver(Some.Configuration with { MaximumBatchingWindow = TimeSpan.FromSeconds(300) }).Offer(Some.Records(3));

        shard.Machine.End();
        shard.RunUntil(Some.Time);

        Assert.Equal("[123]", shard.Delivered);
        Assert.True(shard.IsDone);
    }

    [Fact]
    public void AnEndedBatchingWindowConcernsOnlyRecordsOfferedBefore()
    {
        var shard = new ShardDriver(Some.Configuration with { MaximumBatchingWindow = TimeSpan.FromSeconds(300) }).Offer(Some.Records(3));

        shard.Machine.EndBatchingWindows();
        shard.RunUntil(Some.Time);
        Assert.Equal("[123]", shard.Delivered);
        shard.Offer(Some.Record(4)).Run();

        Assert.Equal("[123] [4]", shard.Delivered);
        Assert.Equal(Some.Time.AddSeconds(300), shard.Invocations[1].At);
    }

    [Fact]
    public void ABatchStaysUnderSixMegabytesAndDoesNotWaitOnceItCannotGrow()
    {
        var shard = new ShardDriver(Some.Configuration with { BatchSize = 10_000, MaximumBatchingWindow = TimeSpan.FromSeconds(300) });

        shard.Offer([.. Enumerable.Range(1, 7).Select(number => Some.Record(number, data: new byte[1_000_000]))]).RunUntil(Some.Time);

        Assert.Equal("[1234]", shard.Delivered);
        Assert.Equal("[1234] [567]", shard.Run().Delivered);
        Assert.All(shard.Invocations, invocation => Assert.True(GetSize(shard, invocation.Invocation) <= Limit));
    }

    [Fact]
    public void APayloadOfExactlySixMegabytesIsInvokedAndOneOfAByteMoreIsNot()
    {
        var shard = new ShardDriver(Some.Configuration with { MaximumRetryAttempts = 0 });
        var around = shard.Events.EnvelopeBytes(isWindowed: false, stateBytes: 0);
        var bare = shard.Events.RecordBytes(Some.Record(1, partitionKey: "", data: []));
        var data = new byte[(Limit - around - bare) / 4 * 3];
        var rest = Limit - around - shard.Events.RecordBytes(Some.Record(1, partitionKey: "", data: data));

        shard.Offer(Some.Record(1, new string('k', rest), data: data), Some.Record(2, new string('k', rest + 1), data: data)).Run();

        Assert.Equal("[1]", shard.Delivered);
        Assert.Equal(Limit, GetSize(shard, shard.Invocations[0].Invocation));
        Assert.Equal("[2]", ShardDriver.Show(Assert.Single(shard.Failures).Invocation.Records));
    }

    /// <summary>The third record does not fit by at least its comma, or fits to the byte.</summary>
    [Theory]
    [InlineData(0, "[123]")]
    [InlineData(1, "[12]")]
    public void ABatchIsFilledToTheLastByteOfSixMegabytes(int tooMany, string first)
    {
        var shard = new ShardDriver(Some.Configuration with { BatchSize = 3, MaximumBatchingWindow = TimeSpan.FromSeconds(300) });
        var data = new byte[1_500_000];
        var used = shard.Events.EnvelopeBytes(isWindowed: false, stateBytes: 0)
            + Enumerable.Range(1, 3).Sum(number => shard.Events.RecordBytes(Some.Record(number, partitionKey: "", data: number < 3 ? data : []))) + 2;
        var rest = Limit - used;
        var last = Some.Record(3, new string('k', (rest % 4) + tooMany), data: new byte[rest / 4 * 3]);

        shard.Offer(Some.Record(1, "", data: data), Some.Record(2, "", data: data), last).RunUntil(Some.Time);

        Assert.Equal(first, shard.Delivered);
        Assert.Equal(tooMany == 0, GetSize(shard, shard.Invocations[0].Invocation) == Limit);
    }

    [Fact]
    public void AnEventOverSixMegabytesUsesUpItsRetriesUninvokedAndTheNextRecordProceeds()
    {
        var shard = new ShardDriver(Some.Configuration with { MaximumRetryAttempts = 2 });

        shard.Offer(Some.Record(1), Some.Record(2, data: new byte[5_000_000]), Some.Record(3)).Run();

        Assert.Equal("[1] [3]", shard.Delivered);
        var (failure, invocation) = Assert.Single(shard.Failures);
        Assert.Equal("[2]", ShardDriver.Show(invocation.Records));
        Assert.Equal("RetryAttemptsExhausted", failure.Condition);
        Assert.Equal(3, failure.ApproximateInvokeCount);
        Assert.Null(failure.ResponseContext);
        Assert.Equal(Some.Time.AddSeconds(0.6), failure.Timestamp);
        Assert.Equal(2, shard.Machine.Statistics.InvokedEventCount);
    }

    [Fact]
    public void FilteredRecordsAreNotInvokedAndAreSettled()
    {
        var shard = new ShardDriver(Some.Configuration, matches: record => record.SequenceNumber is not ("2" or "4"));

        shard.Offer(Some.Records(4)).Run();

        Assert.Equal("[13]", shard.Delivered);
        Assert.Equal("4", shard.Machine.Checkpoint.SequenceNumber);
        Assert.Equal(4, shard.Machine.Statistics.PolledEventCount);
        Assert.Equal(2, shard.Machine.Statistics.FilteredOutEventCount);
        Assert.True(shard.Machine.IsSettled(4));
    }

    [Fact]
    public void RecordsThatArrivedBeforeTheStartingTimeAreSkipped()
    {
        var shard = new ShardDriver(Some.Configuration);
        shard.Machine.SkipBefore(Some.Time);

        shard.Offer(Some.Record(1, arrival: Some.Time.AddMilliseconds(-1)), Some.Record(2), Some.Record(3, arrival: Some.Time.AddSeconds(-1))).Run();

        Assert.Equal("[23]", shard.Delivered);
        Assert.Equal(2, shard.Machine.Statistics.PolledEventCount);
    }

    [Fact]
    public void TheIteratorAgeIsThatOfTheLastRecordOfTheBatch()
    {
        var shard = new ShardDriver(Some.Configuration) { Now = Some.Time.AddSeconds(10) };

        shard.Offer(Some.Record(1), Some.Record(2, arrival: Some.Time.AddSeconds(7))).Run();
        Assert.Equal(TimeSpan.FromSeconds(3), shard.Machine.Statistics.IteratorAge);
        shard.Offer(Some.Record(3, arrival: Some.Time.AddSeconds(9))).Run();

        Assert.Equal(TimeSpan.FromSeconds(1), shard.Machine.Statistics.IteratorAge);
        Assert.Equal(TimeSpan.FromSeconds(3), shard.Machine.Statistics.MaximumIteratorAge);
    }

    [Fact]
    public void ReadingPausesWhenMoreThanAFullBatchForEachLaneIsQueued()
    {
        var shard = new ShardDriver(Some.Configuration with { BatchSize = 100, ParallelizationFactor = 2 });

        for (var number = 1; !shard.Machine.IsFull; number++)
        {
            shard.Offer(Some.Record(number));
        }

        Assert.Equal(10_200, shard.Machine.Offered);
        shard.Run();
        Assert.False(shard.Machine.IsFull);
    }

    private static int GetSize(ShardDriver shard, LaneInvocation invocation)
    {
        using var written = shard.Events.Write(invocation);
        return written.Payload.Length;
    }
}
