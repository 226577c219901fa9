using Analytics.Local.Mapping;

namespace Analytics.Local.Tests.Mapping;

public sealed class RecordAgeTests
{
    private static EventSourceMappingConfiguration OneMinute => Some.Configuration with { MaximumRecordAge = TimeSpan.FromSeconds(60) };

    [Fact]
    public void OnlyTheExpiredPrefixIsDroppedAndNeverInvokedRecordsCountOne()
    {
        var shard = new ShardDriver(OneMinute) { Now = Some.Time.AddSeconds(61) };

        shard.Offer(Some.Record(1), Some.Record(2), Some.Record(3, arrival: Some.Time.AddSeconds(10)), Some.Record(4, arrival: Some.Time)).Run();

        Assert.Equal("[34]", shard.Delivered);
        var (failure, invocation) = Assert.Single(shard.Failures);
        Assert.Equal("[12]", ShardDriver.Show(invocation.Records));
        Assert.Equal("RecordAgeExceeded", failure.Condition);
        Assert.Equal(1, failure.ApproximateInvokeCount);
        Assert.Null(failure.ResponseContext);
        Assert.Equal(2, failure.KinesisBatchInfo.Range!.BatchSize);
        Assert.Equal(("1", "2"), (failure.KinesisBatchInfo.Range.StartSequenceNumber, failure.KinesisBatchInfo.Range.EndSequenceNumber));
    }

    [Fact]
    public void ARecordIsKeptUntilItIsOlderThanTheMaximum()
    {
        var shard = new ShardDriver(OneMinute) { Now = Some.Time.AddSeconds(60) };

        Assert.Equal("[1]", shard.Offer(Some.Record(1)).Run().Delivered);
    }

    [Fact]
    public void ExpiredBatchCountsItsInvocations()
    {
        var shard = new ShardDriver(OneMinute) { Function = _ => Some.Thrown };

        shard.Offer(Some.Records(2)).Run();

        var (failure, _) = Assert.Single(shard.Failures);
        Assert.Equal("RecordAgeExceeded", failure.Condition);
        Assert.Equal(shard.Invocations.Count, failure.ApproximateInvokeCount);
        Assert.Equal("Unhandled", failure.ResponseContext?.FunctionError);
        Assert.Equal("2", shard.Machine.Checkpoint.SequenceNumber);
    }

    [Fact]
    public void RestAfterAnExpiredPrefixIsANewBatchWithItsOwnRetries()
    {
        var shard = new ShardDriver(OneMinute with { MaximumRetryAttempts = 1 }) { Now = Some.Time.AddSeconds(59.9), Function = _ => Some.Thrown };

        shard.Offer(Some.Record(1), Some.Record(2, arrival: Some.Time.AddSeconds(30))).Run();

        Assert.Equal("[12] [2] [2]", shard.Delivered);
        Assert.Equal(
            [("RecordAgeExceeded", 1), ("RetryAttemptsExhausted", 2)],
            shard.Failures.Select(send => (send.Failure.Condition, send.Failure.ApproximateInvokeCount)));
        Assert.Equal("Unhandled", shard.Failures[0].Failure.ResponseContext?.FunctionError);
    }

    [Fact]
    public void ThrottledRecordsExpireAsNeverInvoked()
    {
        var shard = new ShardDriver(OneMinute) { Function = _ => InvocationOutcome.Throttled };

        shard.Offer(Some.Records(2)).Run();

        var (failure, _) = Assert.Single(shard.Failures);
        Assert.Equal(("RecordAgeExceeded", 1, null), (failure.Condition, failure.ApproximateInvokeCount, failure.ResponseContext));
        Assert.Equal(0, shard.Machine.Statistics.Invocations);
    }

    [Fact]
    public void WithoutAMaximumRecordsNeverExpire()
    {
        var shard = new ShardDriver(Some.Configuration) { Now = Some.Time.AddDays(30) };

        Assert.Equal("[1]", shard.Offer(Some.Record(1)).Run().Delivered);
    }
}
