using System.Text;
using Analytics.Archiving;
using Analytics.Cli.Run;
using Analytics.Cli.Shared.Sending;
using Analytics.Events;
using Analytics.Streaming;

namespace Analytics.Cli.Tests.Run;

public sealed class ReconciliationTests
{
    private const string Shard = "shardId-000000000000";
    private const string Event = "{\"event_type\":\"click\"}";
    private const string Malformed = "not JSON";
    private readonly Reconciliation _reconciliation = new(new EventReader(EventLimits.Default));

    [Fact]
    public void RecordsArchivedOrQuarantinedAsSentAreComplete()
    {
        Send("1", Event);
        Send("2", Malformed);
        Archive("1", Event);
        Quarantine("2", Malformed);

        var result = _reconciliation.Finish();
        Assert.Equal((2, 1, 1, 0), (result.Sent, result.Archived, result.Quarantined, result.Lost));
        Assert.Empty(result.Differences);
    }

    [Fact]
    public void RecordInNeitherIsLost()
    {
        Send("1", Event);
        Send("2", Event);
        Archive("2", Event);

        var result = _reconciliation.Finish();
        Assert.Equal((2, 1, 0, 1), (result.Sent, result.Archived, result.Quarantined, result.Lost));
        Assert.Equal([$"1 records neither archived nor in quarantine, such as {Shard}:1"], result.Differences);
    }

    [Fact]
    public void RecordArchivedTwiceCountsOnce()
    {
        Send("1", Event);
        Archive("1", Event);
        Archive("1", Event);

        var result = _reconciliation.Finish();
        Assert.Equal((1, 1, 1), (result.Sent, result.Archived, result.ArchivedAgain));
        Assert.Empty(result.Differences);
    }

    [Fact]
    public void OtherBytesAreADifference()
    {
        Send("1", Event);
        Archive("1", "{\"event_type\": \"click\"}");

        Assert.Equal(
            [$"1 archived records that are not in the stream, such as {Shard}:1", $"1 records neither archived nor in quarantine, such as {Shard}:1"],
            _reconciliation.Finish().Differences);
    }

    [Fact]
    public void WrongPositionIsADifference()
    {
        Send("1", Event);
        Send("2", Malformed);
        Quarantine("1", Event);
        Archive("2", Malformed);

        Assert.Equal(
            [$"1 events in quarantine, such as {Shard}:1", $"1 malformed records in the archive, such as {Shard}:2"],
            _reconciliation.Finish().Differences);
    }

    [Fact]
    public void ExtraRecordIsADifference()
    {
        Archive("9", Event);
        Assert.Equal([$"1 archived records that are not in the stream, such as {Shard}:9"], _reconciliation.Finish().Differences);
    }

    [Fact]
    public void RecordMissingFromTheStreamIsLost()
    {
        _reconciliation.Sent(Record(Event), new PutOutcome(Shard, "1", null));

        var result = _reconciliation.Finish();
        Assert.Equal(1, result.Lost);
        Assert.Equal([$"1 records sent that are not in the stream, such as {Shard}:1"], result.Differences);
    }

    [Fact]
    public void OtherBytesInTheStreamAreADifference()
    {
        _reconciliation.Sent(Record(Event), new PutOutcome(Shard, "1", null));
        _reconciliation.InStream(Shard, "1", "user", Encoding.UTF8.GetBytes("{}"));
        Archive("1", "{}");

        Assert.Equal([$"1 records in the stream whose bytes differ from those sent, such as {Shard}:1"], _reconciliation.Finish().Differences);
    }

    [Fact]
    public void RecordsPutTwiceAreExpectedTwice()
    {
        Send("1", Event);
        _reconciliation.InStream(Shard, "2", "user", Encoding.UTF8.GetBytes(Event));
        Archive("1", Event);
        Archive("2", Event);

        var result = _reconciliation.Finish();
        Assert.Equal((2, 2, 1, 0), (result.Sent, result.Archived, result.PutAgain, result.Lost));
        Assert.Empty(result.Differences);
    }

    [Fact]
    public void EachUserRecordOfAnAggregateIsExpected()
    {
        var aggregate = AggregateWriter.Pack([.. ((string[])[Event, Malformed, Event]).Select(text => ("user", (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(text)))]);
        _reconciliation.Sent(new OutgoingRecord("u", aggregate, 3), new PutOutcome(Shard, "1", null));
        _reconciliation.InStream(Shard, "1", "user", aggregate);
        Archive("1", Event);
        Quarantine("1", Malformed);

        var result = _reconciliation.Finish();
        Assert.Equal((3, 1, 1, 1), (result.Sent, result.Archived, result.Quarantined, result.Lost));
        Assert.Equal([$"1 records neither archived nor in quarantine, such as {Shard}:1 (1 equal ones before)"], result.Differences);
    }

    private static OutgoingRecord Record(string text) => new("u", Encoding.UTF8.GetBytes(text));

    private void Send(string sequenceNumber, string text)
    {
        _reconciliation.Sent(Record(text), new PutOutcome(Shard, sequenceNumber, null));
        _reconciliation.InStream(Shard, sequenceNumber, "user", Encoding.UTF8.GetBytes(text));
    }

    private void Archive(string sequenceNumber, string text) => _reconciliation.Archived(Entry(sequenceNumber, text, reason: null));

    private void Quarantine(string sequenceNumber, string text) => _reconciliation.Archived(Entry(sequenceNumber, text, "not_json"));

    private static ArchiveEntry Entry(string sequenceNumber, string text, string? reason)
    {
        var data = Encoding.UTF8.GetBytes(text);
        return new ArchiveEntry(
            new RecordIdentity(Shard, SequenceNumber.Parse(sequenceNumber), RecordFingerprint.Compute("user", data), 0), 0, HasOccurrence: false, data, reason, "user", default);
    }
}
