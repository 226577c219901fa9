using System.Text;
using System.Text.Json;
using Analytics.Cli.Tail;
using Analytics.Events;
using Analytics.Events.Patterns;
using Record = Amazon.Kinesis.Model.Record;

namespace Analytics.Cli.Tests.Tail;

/// <summary>The lines that <c>analytics tail</c> prints for a record.</summary>
public sealed class TailTests
{
    private const string Shard = "shardId-000000000012";

    [Fact]
    public void AnEventIsItsTimeShardTypeUserAndAmount() => Assert.Equal(
        "09:30:00.123  0012  purchase        user_1            12.50 EUR",
        TailLine.Text(Assert.Single(Select(new TailFilter(null, false), """{"event_type":"purchase","user_id":"user_1","amount":12.50,"currency":"EUR"}"""))));

    [Fact]
    public void AMalformedRecordIsItsReasonAndItsFirstBytes() => Assert.Equal(
        @"09:30:00.123  0012  malformed: invalid_utf8  5 bytes  \xFFab\x00\x1B",
        TailLine.Text(Assert.Single(Select(new TailFilter(null, false), [0xFF, (byte)'a', (byte)'b', 0, 0x1B]))));

    [Fact]
    public void TerminalControlCharactersAreEscaped()
    {
        var line = TailLine.Text(Assert.Single(Select(
            new TailFilter(null, false), """{"event_type":"click\u001b[2J","user_id":"\u202eevil\r\nuser\u0007\u009b31m","amount":"\u001b]0;title\u0007"}""")));

        Assert.DoesNotContain(line, static one => char.IsControl(one) || one == '\u202E');
        Assert.Contains(@"click\u{1B}[2J", line, StringComparison.Ordinal);
    }

    [Fact]
    public void ALongTextIsCut() =>
        Assert.InRange(TailLine.Text(Assert.Single(Select(new TailFilter(null, false), $$"""{"event_type":"{{new string('x', 5_000)}}"}"""))).Length, 80, 200);

    [Fact]
    public void APatternChoosesEventsAndNoMalformedRecords()
    {
        var filter = new TailFilter(Pattern.Parse("""{"event_type":["purchase"]}"""u8, PatternTarget.Event), malformedOnly: false);

        Assert.Single(Select(filter, """{"event_type":"purchase"}"""));
        Assert.Empty(Select(filter, """{"event_type":"click"}"""));
        Assert.Empty(Select(filter, "not json"));
    }

    [Fact]
    public void MalformedRecordsCanBeChosenAlone()
    {
        var filter = new TailFilter(null, malformedOnly: true);

        Assert.Empty(Select(filter, """{"event_type":"purchase"}"""));
        Assert.Single(Select(filter, "not json"));
    }

    [Fact]
    public void JsonLineContainsTheSameValues()
    {
        using var line = JsonDocument.Parse(TailLine.Json(Assert.Single(Select(new TailFilter(null, false), """{"event_type":"purchase","user_id":"\u001bu","amount":1e400}"""))));
        using var malformed = JsonDocument.Parse(TailLine.Json(Assert.Single(Select(new TailFilter(null, false), [0xFF, 0x00]))));

        Assert.Equal(Shard, line.RootElement.GetProperty("shard_id").GetString());
        Assert.Equal([0xFF, 0x00], malformed.RootElement.GetProperty("data").GetBytesFromBase64());
        Assert.Equal("invalid_utf8", malformed.RootElement.GetProperty("malformed").GetString());
    }

    private static List<TailedRecord> Select(TailFilter filter, string json) => Select(filter, Encoding.UTF8.GetBytes(json));

    private static List<TailedRecord> Select(TailFilter filter, byte[] data) => filter.Select(new EventReader(EventLimits.Default), Shard, new Record
    {
        Data = new MemoryStream(data),
        SequenceNumber = "1",
        PartitionKey = "key",
        ApproximateArrivalTimestamp = new DateTime(2026, 1, 1, 9, 30, 0, 123, DateTimeKind.Utc),
    });
}
