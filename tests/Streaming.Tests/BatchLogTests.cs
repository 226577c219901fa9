namespace Analytics.Streaming.Tests;

public sealed class BatchLogTests : ILogWriter
{
    private readonly List<(string Text, LoggedException? Exception)> _lines = [];

    void ILogWriter.Error(string text, LoggedException? exception) => _lines.Add(("error: " + text, exception));

    void ILogWriter.Warning(string text, LoggedException? exception) => _lines.Add(("warning: " + text, exception));

    [Fact]
    public void ARejectedRecordIsNamedWithItsReason()
    {
        new BatchLog(this, "r-1", "shardId-1").Rejected("17", "it has no Kinesis data");

        Assert.Equal(
            [("error: Record 17 of shard shardId-1, request r-1 is reported to Lambda for redelivery: it has no Kinesis data.", null)], _lines);
    }

    [Fact]
    public void WhatIsUnknownIsSaidToBe()
    {
        new BatchLog(this, "r-1", "").Rejected("", "it is not complete");

        Assert.Equal(
            "error: Record (without a sequence number) of shard (unknown), request r-1 is reported to Lambda for redelivery: it is not complete.",
            Assert.Single(_lines).Text);
    }

    [Fact]
    public void AnIncompleteCommitIsAWarningWithItsCauseIfThereIsOne()
    {
        var log = new BatchLog(this, "r-1", "shardId-1");

        log.CommitIncomplete(SequenceNumber.Parse("17"), cause: null);
        log.CommitIncomplete(SequenceNumber.Parse("18"), new TimeoutException());

        Assert.Equal("warning: Not everything of shard shardId-1, request r-1 could be written; records from 17 on are redelivered.", _lines[0].Text);
        Assert.Null(_lines[0].Exception);
        Assert.Equal(nameof(TimeoutException), _lines[1].Exception!.Message);
    }

    [Fact]
    public void AFailedBatchIsAnErrorWithTheKindOfFailure()
    {
        new BatchLog(this, "r-1", "shardId-1").BatchFailed(new TimeoutException());

        var (text, exception) = Assert.Single(_lines);
        Assert.Equal("error: The batch of shard shardId-1, request r-1 failed and is redelivered.", text);
        Assert.Equal(nameof(TimeoutException), exception!.Message);
    }
}
