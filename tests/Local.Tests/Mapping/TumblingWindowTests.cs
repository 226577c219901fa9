using System.Globalization;
using System.Text;
using System.Text.Json;
using Analytics.Local.Mapping;

namespace Analytics.Local.Tests.Mapping;

public sealed class TumblingWindowTests
{
    private static EventSourceMappingConfiguration OneMinute => Some.Configuration with { TumblingWindow = TimeSpan.FromSeconds(60) };

    [Fact]
    public void StateIsPassedBetweenInvocationsAndTheFinalOneHasNoRecords()
    {
        var shard = new ShardDriver(OneMinute with { BatchSize = 2 }) { Function = CountRecords };

        shard.Offer(Some.Records(3)).Run();
        shard.Machine.ReadThrough(Some.Time.AddSeconds(60));
        shard.Run();

        Assert.Equal(
            ["[12] {} open", "[3] {\"count\":2} open", "[] {\"count\":3} final"],
            shard.Invocations.Select(invocation => Show(invocation.Invocation)));
        Assert.Equal(1, shard.Machine.Statistics.WindowsClosed);
    }

    [Fact]
    public void BoundariesFollowArrivalTimeAndTheNextWindowStartsWithAnEmptyState()
    {
        var shard = new ShardDriver(OneMinute) { Function = CountRecords };

        shard.Offer(
            Some.Record(1, arrival: Some.Time.AddSeconds(59.999)), Some.Record(2, arrival: Some.Time.AddSeconds(60)),
            Some.Record(3, arrival: Some.Time.AddSeconds(119)), Some.Record(4, arrival: Some.Time.AddSeconds(200))).Run();

        Assert.Equal(
            ["[1] {} open", "[] {\"count\":1} final", "[23] {} open", "[] {\"count\":2} final", "[4] {} open"],
            shard.Invocations.Select(invocation => Show(invocation.Invocation)));
        Assert.Equal(
            [0, 0, 60, 60, 180],
            shard.Invocations.Select(invocation => (invocation.Invocation.Window!.Start - Some.Time).TotalSeconds));
        Assert.All(shard.Invocations, invocation =>
            Assert.Equal(TimeSpan.FromSeconds(60), invocation.Invocation.Window!.End - invocation.Invocation.Window.Start));
    }

    [Fact]
    public void AWindowStaysOpenUntilTheShardIsReadThroughItsEnd()
    {
        var shard = new ShardDriver(OneMinute) { Function = CountRecords };

        shard.Offer(Some.Record(1)).RunUntil(Some.Time.AddMinutes(10));
        shard.Machine.ReadThrough(Some.Time.AddSeconds(59.999));
        shard.Run();
        Assert.Single(shard.Invocations);
        Assert.False(shard.Machine.IsSettled(1));
        shard.Machine.ReadThrough(Some.Time.AddSeconds(60));
        shard.Run();

        Assert.True(shard.Invocations[^1].Invocation.Window!.IsFinal);
        Assert.True(shard.Machine.IsSettled(1));
    }

    [Fact]
    public void WithoutRecordsThereIsNoWindow()
    {
        var shard = new ShardDriver(OneMinute);

        shard.Machine.ReadThrough(Some.Time.AddHours(1));

        Assert.Empty(shard.Run().Invocations);
    }

    [Fact]
    public void ABatchingWindowEndsWithTheTumblingWindow()
    {
        var shard = new ShardDriver(OneMinute with { MaximumBatchingWindow = TimeSpan.FromSeconds(300) }) { Function = CountRecords };

        shard.Offer(Some.Record(1)).RunUntil(Some.Time.AddSeconds(60));
        shard.Machine.ReadThrough(Some.Time.AddSeconds(60));
        shard.RunUntil(Some.Time.AddSeconds(60));

        Assert.Equal("[1] []", shard.Delivered);
    }

    [Fact]
    public void AnAnswerWithoutStateIsAFailure()
    {
        var answers = new Queue<InvocationOutcome>([Some.Success, Some.Answer("""{"state":{"a":"1"}}""")]);
        var shard = new ShardDriver(OneMinute) { Function = _ => answers.Dequeue() };

        shard.Offer(Some.Record(1)).Run();

        Assert.Equal(["[1] {} open", "[1] {} open"], shard.Invocations.Select(invocation => Show(invocation.Invocation)));
        Assert.Equal(1, shard.Machine.Statistics.FailedInvokeEventCount);
    }

    [Fact]
    public void AFinalInvocationThatFailsIsTriedAgainWithTheSameState()
    {
        var finals = 0;
        var shard = new ShardDriver(OneMinute with { MaximumRetryAttempts = 2, BisectBatchOnFunctionError = true })
        {
            Function = invocation => invocation.Window!.IsFinal && ++finals < 3 ? Some.Thrown : CountRecords(invocation),
        };

        shard.Offer(Some.Record(1)).Machine.End();
        shard.Run();

        Assert.Equal(["[1] {} open", .. Enumerable.Repeat("[] {\"count\":1} final", 3)], shard.Invocations.Select(invocation => Show(invocation.Invocation)));
        Assert.Empty(shard.Failures);
        Assert.True(shard.IsDone);
    }

    [Fact]
    public void WindowWhoseFinalInvocationFailsIsInAFailureRecordWithItsState()
    {
        var shard = new ShardDriver(OneMinute with { MaximumRetryAttempts = 0 })
        {
            Function = invocation => invocation.Window!.IsFinal ? Some.Thrown : CountRecords(invocation),
        };

        shard.Offer(Some.Records(3)).Machine.End();
        shard.Run();

        var (failure, invocation) = Assert.Single(shard.Failures);
        Assert.Null(failure.KinesisBatchInfo.Range);
        Assert.Equal(new TimeWindowInfo(Some.Time, Some.Time.AddSeconds(60), IsTerminatedEarly: false), failure.TimeWindowInfo);
        Assert.Equal(1, failure.ApproximateInvokeCount);
        Assert.Equal("[] {\"count\":3} final", Show(invocation));
        Assert.True(shard.IsDone);
    }

    [Fact]
    public void AfterAFailedFinalInvocationTheNextWindowStartsEmpty()
    {
        var shard = new ShardDriver(OneMinute with { MaximumRetryAttempts = 1 })
        {
            Function = invocation => invocation.Window!.IsFinal && invocation.Window.Start == Some.Time ? Some.Thrown : CountRecords(invocation),
        };

        shard.Offer(Some.Record(1), Some.Record(2, arrival: Some.Time.AddSeconds(60))).Machine.End();
        shard.Run();

        Assert.Equal(
            ["[1] {} open", "[] {\"count\":1} final", "[] {\"count\":1} final", "[2] {} open", "[] {\"count\":1} final"],
            shard.Invocations.Select(invocation => Show(invocation.Invocation)));
        Assert.Single(shard.Failures);
        Assert.Equal(0, shard.Machine.Statistics.DroppedEventCount);
    }

    [Fact]
    public void StateSurvivesAFailedBatch()
    {
        var shard = new ShardDriver(OneMinute with { BatchSize = 1, MaximumRetryAttempts = 0 })
        {
            Function = invocation => ShardDriver.Show(invocation.Records) == "[2]" ? Some.Thrown : CountRecords(invocation),
        };

        shard.Offer(Some.Records(3)).Machine.End();
        shard.Run();

        Assert.Equal("[] {\"count\":2} final", Show(shard.Invocations[^1].Invocation));
        Assert.Equal("[2]", ShardDriver.Show(Assert.Single(shard.Failures).Invocation.Records));
    }

    [Fact]
    public void PartialResponseKeepsItsStateAndTheRestIsRetried()
    {
        var isFirst = true;
        var shard = new ShardDriver(OneMinute with { ReportBatchItemFailures = true })
        {
            Function = _ =>
            {
                var failures = isFirst ? """[{"itemIdentifier":"3"}]""" : "[]";
                isFirst = false;
                return Some.Answer($$"""{"state":{"seen":"{{failures.Length}}"},"batchItemFailures":{{failures}}}""");
            },
        };

        shard.Offer(Some.Records(4)).Run();

        Assert.Equal(["[1234] {} open", "[34] {\"seen\":\"24\"} open"], shard.Invocations.Select(invocation => Show(invocation.Invocation)));
    }

    [Fact]
    public void AStateOverOneMegabyteEndsTheWindowEarly()
    {
        var large = $$"""{"x":"{{new string('x', 1024 * 1024)}}"}""";
        var answers = new Queue<string>([large, "{}", "{\"count\":1}", "{}"]);
        var shard = new ShardDriver(OneMinute with { BatchSize = 1 }) { Function = _ => Some.Answer($$"""{"state":{{answers.Dequeue()}}}""") };

        shard.Offer(Some.Records(2)).Machine.End();
        shard.Run();

        Assert.Equal(
            ["[1] {} open", $"[] {large} final early", "[2] {} open", "[] {\"count\":1} final"],
            shard.Invocations.Select(invocation => Show(invocation.Invocation)));
        Assert.Equal(Some.Time, shard.Invocations[2].Invocation.Window!.Start);
    }

    [Fact]
    public void AStateOfExactlyOneMegabyteDoesNot()
    {
        var state = $$"""{"x":"{{new string('x', (1024 * 1024) - 8)}}"}""";
        var shard = new ShardDriver(OneMinute with { BatchSize = 1 }) { Function = _ => Some.Answer($$"""{"state":{{state}}}""") };

        shard.Offer(Some.Records(2)).Run();

        Assert.Equal(1024 * 1024, state.Length);
        Assert.Equal("[1] [2]", shard.Delivered);
    }

    [Fact]
    public void AStateOverTheLimitOfAPartialResponseEndsTheWindowBeforeTheRestComesAgain()
    {
        var large = $$"""{"x":"{{new string('x', 1024 * 1024)}}"}""";
        var answers = new Queue<InvocationOutcome>([
            Some.Answer($$"""{"state":{{large}},"batchItemFailures":[{"itemIdentifier":"2"}]}"""),
            Some.Answer("""{"state":{}}"""), Some.Answer("""{"state":{}}""")]);
        var shard = new ShardDriver(OneMinute with { ReportBatchItemFailures = true }) { Function = _ => answers.Dequeue() };

        shard.Offer(Some.Records(3)).Run();

        Assert.Equal("[123] [] [23]", shard.Delivered);
        Assert.Equal("{}", Encoding.UTF8.GetString(shard.Invocations[2].Invocation.Window!.State.Span));
    }

    [Fact]
    public void AStateThatGrewMakesTheBatchesSmallerSoThatTheEventStaysUnderSixMegabytes()
    {
        var large = $$"""{"x":"{{new string('x', 1_000_000)}}"}""";
        var isFirst = true;
        var shard = new ShardDriver(OneMinute with { ReportBatchItemFailures = true })
        {
            Function = _ =>
            {
                var failures = isFirst ? """[{"itemIdentifier":"2"}]""" : "[]";
                isFirst = false;
                return Some.Answer($$"""{"state":{{large}},"batchItemFailures":{{failures}}}""");
            },
        };

        shard.Offer([Some.Record(1), .. Enumerable.Range(2, 3).Select(number => Some.Record(number, data: new byte[1_500_000]))]).Run();

        Assert.Equal("[1234] [23] [4]", shard.Delivered);
    }

    [Fact]
    public void TheEndOfAShardClosesItsWindow()
    {
        var shard = new ShardDriver(OneMinute) { Function = CountRecords };
        shard.Offer(Some.Records(2)).Run();
        Assert.False(shard.Machine.IsFinished);

        shard.Machine.End();
        shard.Run();

        Assert.Equal("[] {\"count\":2} final", Show(shard.Invocations[^1].Invocation));
        Assert.True(shard.Machine.IsFinished);
        Assert.Equal(
            new ShardCheckpoint { ShardId = Some.ShardId, SequenceNumber = "2", IsFinished = true },
            shard.Machine.Checkpoint);
    }

    [Fact]
    public void RestartContinuesTheOpenWindowFromTheCheckpoint()
    {
        var before = new ShardDriver(OneMinute) { Function = CountRecords };
        before.Offer(Some.Records(2)).Run();
        var after = new ShardDriver(OneMinute, before.Machine.Checkpoint) { Function = CountRecords };

        after.Offer(Some.Record(3)).Run();
        after.Machine.ReadThrough(Some.Time.AddSeconds(60));
        after.Run();

        Assert.Equal(["[3] {\"count\":2} open", "[] {\"count\":3} final"], after.Invocations.Select(invocation => Show(invocation.Invocation)));
    }

    [Fact]
    public void ARestartAfterTheEndOfAWindowClosesIt()
    {
        var before = new ShardDriver(OneMinute) { Function = CountRecords };
        before.Offer(Some.Records(2)).Run();
        var after = new ShardDriver(OneMinute, before.Machine.Checkpoint) { Function = CountRecords };
        Assert.False(after.Machine.IsSettled(0));

        after.Machine.ReadThrough(Some.Time.AddSeconds(60));
        after.Run();

        Assert.Equal(["[] {\"count\":2} final"], after.Invocations.Select(invocation => Show(invocation.Invocation)));
        Assert.True(after.Machine.IsSettled(0));
    }

    [Fact]
    public void ALateRecordIsCountedInTheOpenWindow()
    {
        var shard = new ShardDriver(OneMinute) { Function = CountRecords };

        shard.Offer(Some.Record(1, arrival: Some.Time.AddSeconds(60))).Run();
        shard.Offer(Some.Record(2, arrival: Some.Time.AddSeconds(59))).Run();

        Assert.Equal(["[1] {} open", "[2] {\"count\":1} open"], shard.Invocations.Select(invocation => Show(invocation.Invocation)));
    }

    /// <summary>Adds the records to the count in the state.</summary>
    internal static InvocationOutcome CountRecords(LaneInvocation invocation)
    {
        using var state = JsonDocument.Parse(invocation.Window!.State);
        var count = state.RootElement.TryGetProperty("count", out var before) ? before.GetInt32() : 0;
        var sum = (count + invocation.Records.Length).ToString(CultureInfo.InvariantCulture);
        return Some.Answer($$$"""{"state":{"count":{{{sum}}}}}""");
    }

    private static string Show(LaneInvocation invocation) =>
        $"{ShardDriver.Show(invocation.Records)} {Encoding.UTF8.GetString(invocation.Window!.State.Span)} "
        + (invocation.Window.IsFinal ? "final" : "open") + (invocation.Window.IsTerminatedEarly ? " early" : "");
}
