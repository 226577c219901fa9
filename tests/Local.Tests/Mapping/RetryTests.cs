using Analytics.Local.Mapping;

namespace Analytics.Local.Tests.Mapping;

/// <summary>The modes that were recorded on AWS with 4 records of which number 2 is bad, and the rules behind them.</summary>
public sealed class RetryTests
{
    private static EventSourceMappingConfiguration OneRetry => Some.Configuration with { MaximumRetryAttempts = 1 };

    [Fact]
    public void APartialResponseIsIgnoredWhenReportingIsOff()
    {
        var shard = Run(OneRetry, Report);

        Assert.Equal("[1234]", shard.Delivered);
        Assert.Empty(shard.Failures);
        Assert.Equal("4", shard.Machine.Checkpoint.SequenceNumber);
        Assert.Equal(4, shard.Machine.Statistics.Records);
    }

    [Fact]
    public void WithReportingRecordsAfterTheCheckpointAreANewBatchThatFailsWhole()
    {
        var shard = Run(OneRetry with { ReportBatchItemFailures = true }, Report);

        Assert.Equal("[1234] [234] [234]", shard.Delivered);
        AssertGivenUp(shard, "[234]", count: 2, functionError: null);
    }

    [Fact]
    public void WithReportingAndBisectionOnlyTheBadRecordFails()
    {
        var shard = Run(OneRetry with { ReportBatchItemFailures = true, BisectBatchOnFunctionError = true }, Report);

        Assert.Equal("[1234] [234] [2] [2] [34]", shard.Delivered);
        AssertGivenUp(shard, "[2]", count: 2, functionError: null);
        Assert.Equal(3, shard.Machine.Statistics.Records);
    }

    [Fact]
    public void AThrowWithBisectionSplitsLeftHalfFirstAndDepthFirst()
    {
        var shard = Run(OneRetry with { BisectBatchOnFunctionError = true }, Throw);

        Assert.Equal("[1234] [12] [1] [2] [2] [34]", shard.Delivered);
        AssertGivenUp(shard, "[2]", count: 2, functionError: "Unhandled");
    }

    [Fact]
    public void ExceptionWithoutBisectionFailsTheWholeBatchAfterItsRetries()
    {
        var shard = Run(Some.Configuration with { MaximumRetryAttempts = 2 }, Throw);

        Assert.Equal("[1234] [1234] [1234]", shard.Delivered);
        AssertGivenUp(shard, "[1234]", count: 3, functionError: "Unhandled");
    }

    [Fact]
    public void AnOddBatchIsSplitWithTheSmallerHalfOnTheLeft()
    {
        var shard = new ShardDriver(OneRetry with { BisectBatchOnFunctionError = true })
        {
            Function = invocation => invocation.Records.Length == 5 ? Some.Thrown : Some.Success,
        };

        shard.Offer(Some.Records(5)).Run();

        Assert.Equal("[12345] [12] [345]", shard.Delivered);
    }

    [Fact]
    public void BisectionUsesUpNoRetry()
    {
        var shard = Run(Some.Configuration with { MaximumRetryAttempts = 0, BisectBatchOnFunctionError = true }, Throw);

        Assert.Equal("[1234] [12] [1] [2] [34]", shard.Delivered);
        AssertGivenUp(shard, "[2]", count: 1, functionError: "Unhandled");
    }

    [Fact]
    public void ATimeoutIsAFunctionError()
    {
        var shard = Run(Some.Configuration with { MaximumRetryAttempts = 0 }, _ => InvocationOutcome.TimedOut);

        AssertGivenUp(shard, "[1234]", count: 1, functionError: "Unhandled");
        Assert.Equal(1, shard.Machine.Statistics.Errors);
    }

    [Fact]
    public void RetryOfAnUnchangedBatchKeepsItsRequestIdAndANewBatchGetsANewOne()
    {
        var shard = Run(OneRetry with { ReportBatchItemFailures = true, BisectBatchOnFunctionError = true }, Report);

        var ids = shard.Invocations.Select(invocation => invocation.Invocation.RequestId).ToList();
        Assert.Equal(ids[2], ids[3]);
        Assert.Equal(4, ids.Distinct().Count());
        Assert.Equal(ids[2], Assert.Single(shard.Failures).Failure.RequestId);
        Assert.Equal([1, 1, 1, 2, 1], shard.Invocations.Select(invocation => invocation.Invocation.Attempt));
    }

    [Fact]
    public void RetriesBackOffExponentiallyFromAFifthOfASecondToAMinute()
    {
        var shard = Run(Some.Configuration with { MaximumRetryAttempts = 11 }, _ => Some.Thrown);

        var times = shard.Invocations.Select(invocation => invocation.At).ToList();
        var delays = times.Zip(times.Skip(1), (earlier, later) => (later - earlier).TotalSeconds);
        Assert.Equal([0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8, 25.6, 51.2, 60, 60], delays);
    }

    [Fact]
    public void WithoutALimitABatchIsTriedUntilItSucceeds()
    {
        var failures = 0;
        var shard = Run(Some.Configuration, _ => ++failures <= 500 ? Some.Thrown : Some.Success);

        Assert.Equal(501, shard.Invocations.Count);
        Assert.Empty(shard.Failures);
        Assert.Equal(4, shard.Machine.Statistics.Records);
    }

    [Fact]
    public void ThrottlesBackOffAndUseUpNoRetries()
    {
        var calls = 0;
        var shard = Run(OneRetry, _ => ++calls switch { <= 5 or 7 => InvocationOutcome.Throttled, 6 => Some.Thrown, _ => Some.Success });

        Assert.Equal(8, calls);
        Assert.Empty(shard.Failures);
        Assert.Equal(6, shard.Machine.Statistics.Throttles);
        Assert.Equal(2, shard.Machine.Statistics.Invocations);
        Assert.Single(shard.Invocations.Select(invocation => invocation.Invocation.RequestId).Distinct());
        Assert.Equal(Some.Time.AddSeconds(0.2), shard.Invocations[1].At);
        Assert.Equal(Some.Time.AddSeconds(0.6), shard.Invocations[2].At);
    }

    [Fact]
    public void TheNextBatchWaitsForTheRetriesOfTheOneBeforeIt()
    {
        var shard = new ShardDriver(OneRetry with { BatchSize = 2 }) { Function = Throw };

        shard.Offer(Some.Records(4)).Run();

        Assert.Equal("[12] [12] [34]", shard.Delivered);
        Assert.Equal(["2", "4"], shard.Checkpoints);
    }

    [Fact]
    public void OfSeveralIdentifiersTheLowestSequenceNumberCounts()
    {
        var first = true;
        var shard = Run(OneRetry with { ReportBatchItemFailures = true }, _ =>
        {
            var answer = first ? Some.Failing("4", "2", "3") : Some.Success;
            first = false;
            return answer;
        });

        Assert.Equal("[1234] [234]", shard.Delivered);
        Assert.Equal(["1", "4"], shard.Checkpoints);
    }

    [Fact]
    public void FailedRecordsWithoutADestinationAreCountedAsDropped()
    {
        var shard = new ShardDriver(Some.Configuration with { MaximumRetryAttempts = 0 }).Offer(Some.Records(2));
        shard.Machine.Complete(0, Invoked(shard), shard.Now);
        Assert.IsType<LaneAction.Send>(shard.Machine.Next(0, shard.Now));

        shard.Machine.Sent(0, FailureDelivery.NoDestination);

        Assert.Equal(2, shard.Machine.Statistics.DroppedEventCount);
        Assert.Equal(0, shard.Machine.Statistics.OnFailureDestinationDeliveredEventCount);

        static InvocationOutcome Invoked(ShardDriver shard)
        {
            Assert.IsType<LaneAction.Invoke>(shard.Machine.Next(0, shard.Now));
            return Some.Thrown;
        }
    }

    [Fact]
    public void TheEventCountsAreThoseOfTheMapping()
    {
        var shard = Run(OneRetry with { ReportBatchItemFailures = true, BisectBatchOnFunctionError = true }, Report);

        var statistics = shard.Machine.Statistics;
        Assert.Equal(4, statistics.PolledEventCount);
        Assert.Equal(4 + 3 + 1 + 1 + 2, statistics.InvokedEventCount);
        Assert.Equal(3 + 3 + 1 + 1, statistics.FailedInvokeEventCount);
        Assert.Equal(1, statistics.OnFailureDestinationDeliveredEventCount);
        Assert.Equal(0, statistics.DroppedEventCount);
        Assert.Equal(5, statistics.Invocations);
        Assert.Equal(0, statistics.Errors);
        Assert.Equal(3, statistics.Records);
    }

    private static ShardDriver Run(EventSourceMappingConfiguration configuration, Func<LaneInvocation, InvocationOutcome> function) =>
        new ShardDriver(configuration) { Function = function }.Offer(Some.Records(4)).Run();

    private static bool HasBad(LaneInvocation invocation) => invocation.Records.ToArray().Any(record => record.Record.SequenceNumber == "2");

    private static InvocationOutcome Report(LaneInvocation invocation) => HasBad(invocation) ? Some.Failing("2") : Some.Failing();

    private static InvocationOutcome Throw(LaneInvocation invocation) => HasBad(invocation) ? Some.Thrown : Some.Success;

    private static void AssertGivenUp(ShardDriver shard, string records, int count, string? functionError)
    {
        var (failure, invocation) = Assert.Single(shard.Failures);
        Assert.Equal(records, ShardDriver.Show(invocation.Records));
        Assert.Equal("RetryAttemptsExhausted", failure.Condition);
        Assert.Equal(count, failure.ApproximateInvokeCount);
        Assert.Equal(new FailureResponseContext(200, "$LATEST", functionError), failure.ResponseContext);
        Assert.Equal("4", shard.Machine.Checkpoint.SequenceNumber);
    }
}
