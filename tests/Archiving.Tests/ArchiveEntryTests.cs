using System.Text;
using System.Text.Json;
using Analytics.Streaming;

namespace Analytics.Archiving.Tests;

public sealed class ArchiveEntryTests
{
    [Fact]
    public void AnEventsBytesAreThoseBetweenItsBraces()
    {
        var entry = Parse("""{"original_data":{ "a" : [1, {"b":"}"}], "c":"\u00e9é" },"shard_id":"s","sequence_number":"42","sub_sequence_number":3,"partition_key":"p","approximate_arrival_timestamp":"2026-03-01T12:00:00.000Z","event_type":"click"}""");

        Assert.Equal(("s", "42", 3, false), (entry.Key.ShardId, entry.Key.SequenceNumber.ToString(), entry.SubSequenceNumber, entry.HasOccurrence));
        Assert.Equal(RecordFingerprint.Compute("p", entry.Data.Span), entry.Key.Fingerprint);
        Assert.Equal("""{ "a" : [1, {"b":"}"}], "c":"\u00e9é" }""", Encoding.UTF8.GetString(entry.Data.Span));
        Assert.Null(entry.Reason);
    }

    [Fact]
    public void SpacesAroundTheJsonAreTheProducersToo()
    {
        var entry = Parse("{\"original_data\": \t{\"a\":1} ,\"shard_id\":\"s\",\"sequence_number\":\"1\",\"sub_sequence_number\":0,\"partition_key\":\"p\",\"approximate_arrival_timestamp\":\"2026-03-01T12:00:00.000Z\"}");
        Assert.Equal(" \t{\"a\":1} ", Encoding.UTF8.GetString(entry.Data.Span));
    }

    [Fact]
    public void BytesThatAreNotTheJsonItselfComeInBase64()
    {
        var entry = Parse("""{"original_data":{"a":1},"original_base64":"H4sI","shard_id":"s","sequence_number":"1","sub_sequence_number":0,"partition_key":"p","approximate_arrival_timestamp":"2026-03-01T12:00:00.000Z"}""");
        Assert.Equal([0x1F, 0x8B, 0x08], entry.Data.ToArray());
    }

    [Fact]
    public void AMalformedRecordHasItsReasonAndItsBytes()
    {
        var entry = Parse("""{"reason":"empty","position":0,"data":"","shard_id":"s","sequence_number":"1","sub_sequence_number":0,"partition_key":"p","approximate_arrival_timestamp":"2026-03-01T12:00:00.000Z"}""");
        Assert.Equal("empty", entry.Reason);
        Assert.Equal(0, entry.Data.Length);
    }

    [Fact]
    public void AnEntryHasTheOccurrenceOfItsUserRecord()
    {
        var entry = Parse("""{"original_data":{"a":1},"shard_id":"s","sequence_number":"1","sub_sequence_number":0,"occurrence":2,"partition_key":"p","approximate_arrival_timestamp":"2026-03-01T12:00:00.000Z"}""");
        Assert.Equal((2, true), (entry.Key.Occurrence, entry.HasOccurrence));
    }

    [Fact]
    public void LinesFromBeforeOccurrencesAreNumberedByTheirPositionAmongEqualOnes()
    {
        var entries = new[] { Line(0, "p"), Line(1, "q"), Line(2, "p"), Line(3, "p"), Line(2, "p"), Line(3, "p", 2) };

        var resolved = ArchivedOccurrences.Resolve(entries).ToList();

        Assert.Equal([0, 0, 1, 2, 1, 2], resolved.Select(entry => entry.Key.Occurrence));
        Assert.Equal(4, resolved.Select(entry => entry.Key).Distinct().Count());

        static ArchiveEntry Line(int sub, string key, int? occurrence = null) => Parse(
            $$"""{"original_data":{},"shard_id":"s","sequence_number":"1","sub_sequence_number":{{sub}},{{(occurrence is null ? "" : $"\"occurrence\":{occurrence},")}}"partition_key":"{{key}}","approximate_arrival_timestamp":"2026-03-01T12:00:00.000Z"}""");
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"original_data":{"a":1},"shard_id":"s"}""")]
    [InlineData("""{"original_data":{"a":1},"shard_id":"s","sequence_number":"1", """)]
    public void AnythingElseIsRejected(string line) => Assert.ThrowsAny<JsonException>(() => Parse(line));

    private static ArchiveEntry Parse(string line) => ArchiveEntry.Parse(Encoding.UTF8.GetBytes(line));
}
