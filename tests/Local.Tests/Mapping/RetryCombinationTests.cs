using Analytics.Local.Mapping;
using FsCheck;
using FsCheck.Fluent;

namespace Analytics.Local.Tests.Mapping;

/// <summary>The recorded modes with other numbers of records, other bad records and other settings, compared with an independent statement of the rules.</summary>
public sealed class RetryCombinationTests
{
    /// <summary>The function's response to a batch with a bad record.</summary>
    public enum FunctionBehavior
    {
        /// <summary>It throws.</summary>
        Throws,

        /// <summary>It answers with the bad records.</summary>
        Reports,

        /// <summary>It throws at more than three records, and answers with the bad ones of fewer.</summary>
        ThrowsAtMoreThanThree,

        /// <summary>It answers with an empty identifier.</summary>
        ReportsNothingKnown,
    }

    [Theory]
    [InlineData(FunctionBehavior.Throws, 5, "3", 1, "[12345] [12] [345] [3] [3] [45]", "3x2")]
    [InlineData(FunctionBehavior.Throws, 5, "1", 1, "[12345] [12] [1] [1] [2] [345]", "1x2")]
    [InlineData(FunctionBehavior.Throws, 5, "5", 2, "[12345] [12] [345] [3] [45] [4] [5] [5] [5]", "5x3")]
    [InlineData(FunctionBehavior.Throws, 8, "18", 0, "[12345678] [1234] [12] [1] [2] [34] [5678] [56] [78] [7] [8]", "1x1 8x1")]
    [InlineData(FunctionBehavior.Throws, 8, "45", 1, "[12345678] [1234] [12] [34] [3] [4] [4] [5678] [56] [5] [5] [6] [78]", "4x2 5x2")]
    [InlineData(FunctionBehavior.Throws, 3, "123", 0, "[123] [1] [23] [2] [3]", "1x1 2x1 3x1")]
    [InlineData(FunctionBehavior.Throws, 1, "1", 3, "[1] [1] [1] [1]", "1x4")]
    public void ExceptionWithBisectionFindsTheBadRecords(FunctionBehavior function, int count, string bad, int retries, string invocations, string givenUp) =>
        AssertRun(Some.Configuration with { MaximumRetryAttempts = retries, BisectBatchOnFunctionError = true }, function, count, bad, invocations, givenUp);

    [Theory]
    [InlineData(FunctionBehavior.Reports, 4, "4", 1, "[1234] [4] [4]", "4x2")]
    [InlineData(FunctionBehavior.Reports, 4, "1", 1, "[1234] [1234]", "1234x2")]
    [InlineData(FunctionBehavior.Reports, 4, "2", 0, "[1234] [234]", "234x1")]
    [InlineData(FunctionBehavior.Reports, 4, "24", 2, "[1234] [234] [234] [234]", "234x3")]
    [InlineData(FunctionBehavior.Throws, 4, "4", 1, "[1234] [1234]", "1234x2")]
    [InlineData(FunctionBehavior.ThrowsAtMoreThanThree, 4, "3", 1, "[1234] [1234]", "1234x2")]
    [InlineData(FunctionBehavior.ReportsNothingKnown, 4, "3", 1, "[1234] [1234]", "1234x2")]
    public void WithReportingTheBatchFailsFromItsFirstBadRecord(
        FunctionBehavior function, int count, string bad, int retries, string invocations, string givenUp) =>
        AssertRun(Some.Configuration with { MaximumRetryAttempts = retries, ReportBatchItemFailures = true }, function, count, bad, invocations, givenUp);

    [Theory]
    [InlineData(FunctionBehavior.Reports, 8, "6", 2, "[12345678] [678] [6] [6] [6] [78]", "6x3")]
    [InlineData(FunctionBehavior.Reports, 4, "24", 1, "[1234] [234] [2] [2] [34] [4] [4]", "2x2 4x2")]
    [InlineData(FunctionBehavior.Reports, 4, "4", 1, "[1234] [4] [4]", "4x2")]
    [InlineData(FunctionBehavior.Reports, 4, "1", 0, "[1234] [12] [1] [2] [34]", "1x1")]
    [InlineData(FunctionBehavior.Reports, 5, "2", 3, "[12345] [2345] [23] [2] [2] [2] [2] [3] [45]", "2x4")]
    [InlineData(FunctionBehavior.Throws, 4, "3", 1, "[1234] [12] [34] [3] [3] [4]", "3x2")]
    [InlineData(FunctionBehavior.ThrowsAtMoreThanThree, 8, "3", 1, "[12345678] [1234] [12] [34] [3] [3] [4] [5678]", "3x2")]
    [InlineData(FunctionBehavior.ThrowsAtMoreThanThree, 8, "4", 1, "[12345678] [1234] [12] [34] [4] [4] [5678]", "4x2")]
    [InlineData(FunctionBehavior.ReportsNothingKnown, 4, "3", 1, "[1234] [12] [34] [3] [3] [4]", "3x2")]
    public void WithReportingAndBisectionOnlyTheBadRecordsFail(
        FunctionBehavior function, int count, string bad, int retries, string invocations, string givenUp) =>
        AssertRun(
            Some.Configuration with { MaximumRetryAttempts = retries, ReportBatchItemFailures = true, BisectBatchOnFunctionError = true },
            function, count, bad, invocations, givenUp);

    [Fact]
    public void BatchThatSucceedsWithinItsRetriesIsNotSentToTheDestination()
    {
        var calls = 0;
        var shard = new ShardDriver(Some.Configuration with { MaximumRetryAttempts = 3 }) { Function = _ => ++calls < 4 ? Some.Thrown : Some.Success };

        shard.Offer(Some.Records(3)).Run();

        Assert.Equal("[123] [123] [123] [123]", shard.Delivered);
        Assert.Empty(shard.Failures);
        Assert.Equal((4, 3, 3), (shard.Machine.Statistics.Invocations, shard.Machine.Statistics.Errors, shard.Machine.Statistics.Records));
        Assert.Single(shard.Invocations.Select(invocation => invocation.Invocation.RequestId).Distinct());
    }

    [Fact]
    public void ThrottlesBetweenTheInvocationsOfABatchDoNotCountInItsFailureRecord()
    {
        var calls = 0;
        var shard = new ShardDriver(Some.Configuration with { MaximumRetryAttempts = 1 })
        {
            Function = _ => ++calls % 2 == 1 ? InvocationOutcome.Throttled : Some.Thrown,
        };

        shard.Offer(Some.Records(2)).Run();

        Assert.Equal("12x2", GivenUp(shard));
        Assert.Equal(4, calls);
    }

    [Fact]
    public void TheLastAnswerIsTheOneOfTheFailureRecord()
    {
        var answers = new Queue<InvocationOutcome>([Some.Thrown, Some.Failing("1"), InvocationOutcome.TimedOut, Some.Failing("")]);
        var shard = new ShardDriver(Some.Configuration with { MaximumRetryAttempts = 1, BatchSize = 1, ReportBatchItemFailures = true })
        {
            Function = _ => answers.Dequeue(),
        };

        shard.Offer(Some.Records(2)).Run();

        Assert.Equal([null, null], shard.Failures.Select(send => send.Failure.ResponseContext!.FunctionError));
        Assert.Equal("1x2 2x2", GivenUp(shard));
    }

    [Fact]
    public void AFilteredRecordIsInNoBatchAndInNoFailureRecord()
    {
        var shard = new ShardDriver(
            Some.Configuration with { MaximumRetryAttempts = 1, ReportBatchItemFailures = true }, matches: record => record.SequenceNumber is not ("2" or "4" or "7"))
        {
            Function = invocation => Has(invocation, "5") ? Some.Failing("5") : Some.Success,
        };

        shard.Offer(Some.Records(7)).Run();

        Assert.Equal("[1356] [56] [56]", shard.Delivered);
        var info = Assert.Single(shard.Failures).Failure.KinesisBatchInfo.Range!;
        Assert.Equal(("5", "6", 2), (info.StartSequenceNumber, info.EndSequenceNumber, info.BatchSize));
        Assert.Equal("7", shard.Machine.Checkpoint.SequenceNumber);
    }

    [Fact]
    public void AnIdentifierOfAFilteredRecordIsNotInTheBatchAndFailsItWhole()
    {
        var shard = new ShardDriver(
            Some.Configuration with { MaximumRetryAttempts = 0, ReportBatchItemFailures = true }, matches: record => record.SequenceNumber != "2")
        {
            Function = _ => Some.Failing("2"),
        };

        shard.Offer(Some.Records(3)).Run();

        Assert.Equal("13x1", GivenUp(shard));
    }

    [Fact]
    public void OnlyExpiredRecordsOfABisectedBatchAreDropped()
    {
        var shard = new ShardDriver(
            Some.Configuration with { MaximumRetryAttempts = 5, MaximumRecordAge = TimeSpan.FromSeconds(60), BisectBatchOnFunctionError = true })
        {
            Now = Some.Time.AddSeconds(59.9),
            Function = invocation => Has(invocation, "1") ? Some.Thrown : Some.Success,
        };

        shard.Offer(Some.Record(1), Some.Record(2), Some.Record(3, arrival: Some.Time.AddSeconds(30)), Some.Record(4, arrival: Some.Time.AddSeconds(30))).Run();

        // The first is retried after 0.2 s, when it and the second, which has not been invoked alone, are too old.
        Assert.Equal("[1234] [12] [1] [34]", shard.Delivered);
        Assert.Equal("1x1 2x1", GivenUp(shard));
        Assert.All(shard.Failures, send => Assert.Equal("RecordAgeExceeded", send.Failure.Condition));
        Assert.Equal(["Unhandled", null], shard.Failures.Select(send => send.Failure.ResponseContext?.FunctionError));
        Assert.Null(shard.Failures[1].Failure.ResponseContext);
    }

    [Fact]
    public void EventOverSixMegabytesIsSplitFromItsBatchInAnyMode()
    {
        foreach (var (reports, bisects) in ((bool, bool)[])[(false, false), (true, false), (false, true), (true, true)])
        {
            var shard = new ShardDriver(
                Some.Configuration with { MaximumRetryAttempts = 1, ReportBatchItemFailures = reports, BisectBatchOnFunctionError = bisects });

            shard.Offer(Some.Record(1), Some.Record(2, data: new byte[5_000_000]), Some.Record(3)).Run();

            Assert.Equal("[1] [3]", shard.Delivered);
            Assert.Equal("2x2", GivenUp(shard));
            Assert.Null(shard.Failures[0].Failure.ResponseContext);
        }
    }

    [Fact]
    public void EveryModeFollowsTheRules()
    {
        var cases =
            from count in Gen.Choose(1, 9)
            from bad in Gen.SubListOf(Enumerable.Range(1, count).Select(number => $"{number}").ToArray())
            from function in Gen.Elements(Enum.GetValues<FunctionBehavior>())
            from retries in Gen.Choose(0, 3)
            from reports in Gen.Elements(true, false)
            from bisects in Gen.Elements(true, false)
            select (Count: count, Bad: string.Concat(bad), Function: function, Retries: retries, Reports: reports, Bisects: bisects);

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(cases.ToArbitrary(), one =>
        {
            var rules = new Rules(one.Retries, one.Reports, one.Bisects, one.Function, one.Bad);
            rules.Deliver(string.Concat(Enumerable.Range(1, one.Count)));

            AssertRun(
                Some.Configuration with
                {
                    MaximumRetryAttempts = one.Retries,
                    ReportBatchItemFailures = one.Reports,
                    BisectBatchOnFunctionError = one.Bisects,
                },
                one.Function, one.Count, one.Bad, string.Join(' ', rules.Invocations), string.Join(' ', rules.GivenUp));
        }));
    }

    private static void AssertRun(
        EventSourceMappingConfiguration configuration, FunctionBehavior function, int count, string bad, string invocations, string givenUp)
    {
        var shard = new ShardDriver(configuration) { Function = invocation => Answer(function, Numbers(invocation.Records), bad) };

        shard.Offer(Some.Records(count)).Run();

        Assert.Equal(invocations, shard.Delivered);
        Assert.Equal(givenUp, GivenUp(shard));
        Assert.Equal($"{count}", shard.Machine.Checkpoint.SequenceNumber);
    }

    private static InvocationOutcome Answer(FunctionBehavior function, string records, string bad)
    {
        var found = records.Where(bad.Contains).Select(number => $"{number}").ToArray();
        return found.Length == 0 ? Some.Failing() : function switch
        {
            FunctionBehavior.Throws => Some.Thrown,
            FunctionBehavior.ThrowsAtMoreThanThree when records.Length > 3 => Some.Thrown,
            FunctionBehavior.ReportsNothingKnown => Some.Failing(""),
            _ => Some.Failing(found),
        };
    }

    private static bool Has(LaneInvocation invocation, string number) => Numbers(invocation.Records).Contains(number, StringComparison.Ordinal);

    private static string Numbers(ReadOnlyMemory<PolledRecord> records) => ShardDriver.Show(records)[1..^1];

    /// <summary>The records of each failure record and its count, as <c>234x2</c>.</summary>
    private static string GivenUp(ShardDriver shard) =>
        string.Join(' ', shard.Failures.Select(send => $"{Numbers(send.Invocation.Records)}x{send.Failure.ApproximateInvokeCount}"));

    /// <summary>The rules, without time: the batch, then its parts, recursively.</summary>
    private sealed class Rules(int retries, bool reports, bool bisects, FunctionBehavior function, string bad)
    {
        public List<string> Invocations { get; } = [];

        public List<string> GivenUp { get; } = [];

        public void Deliver(string batch)
        {
            for (var invocation = 1; ; invocation++)
            {
                Invocations.Add($"[{batch}]");
                var firstBad = batch.IndexOfAny([.. bad]);
                var throws = function == FunctionBehavior.Throws || (function == FunctionBehavior.ThrowsAtMoreThanThree && batch.Length > 3);
                if (firstBad < 0 || (!throws && !reports))
                {
                    return;
                }

                if (!throws && function != FunctionBehavior.ReportsNothingKnown && firstBad > 0)
                {
                    Deliver(batch[firstBad..]);
                    return;
                }

                if (bisects && batch.Length > 1)
                {
                    Deliver(batch[..(batch.Length / 2)]);
                    Deliver(batch[(batch.Length / 2)..]);
                    return;
                }

                if (invocation > retries)
                {
                    GivenUp.Add($"{batch}x{invocation}");
                    return;
                }
            }
        }
    }
}
