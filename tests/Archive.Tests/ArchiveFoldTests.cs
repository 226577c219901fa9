using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Amazon.Lambda.KinesisEvents;
using Analytics.Archiving;
using Analytics.Streaming;
using FsCheck;
using FsCheck.Fluent;

namespace Analytics.Archive.Tests;

public sealed class ArchiveFoldTests
{
    [Fact]
    public void AnEventIsOneLineWithItsBytesAndItsPlace()
    {
        const string Json = """{"event_id":"e-1","event_type":"purchase","timestamp":"2025-08-08T09:29:00Z","data":{"user_id":"ü","amount":1.50}}""";
        using var fold = Fold(Some.Record(7, Json));

        var line = Assert.Single(Archived.Lines(Assert.Single(fold.Objects)));

        Assert.Equal(
            "{\"original_data\":" + Json
            + ",\"processed_at\":\"2025-08-08T09:30:00.000Z\",\"shard_id\":\"" + Some.Shard
            + "\",\"sequence_number\":\"" + Some.Sequence(7)
            + "\",\"sub_sequence_number\":0,\"partition_key\":\"user-1\",\"approximate_arrival_timestamp\":\"2025-08-08T09:29:58.000Z\""
            + ",\"event_id\":\"e-1\",\"event_type\":\"purchase\",\"event_time\":\"2025-08-08T09:29:00.000Z\"}",
            line);
    }

    [Fact]
    public void RejectedEventTimeIsReplacedByTheArrivalTimeAndMarked()
    {
        using var fold = Fold(Some.Record(1, """{"event_type":"click","timestamp":"1999-01-01T00:00:00Z"}"""));

        var record = Assert.Single(Archived.Records(Assert.Single(fold.Objects)));

        Assert.Equal("2025-08-08T09:29:58.000Z", record.GetProperty("event_time").GetString());
        Assert.True(record.GetProperty("event_time_is_arrival").GetBoolean());
    }

    [Fact]
    public void LineEndsBetweenTokensBecomeSpacesAndTheExactBytesFollow()
    {
        const string Json = "{\r\n  \"event_type\": \"click\",\n  \"text\": \"a\\nb\"\n}";
        using var fold = Fold(Some.Record(1, Json));

        var line = Assert.Single(Archived.Lines(Assert.Single(fold.Objects)));
        var record = Archived.Parse(line);

        Assert.Equal(Json.Replace('\n', ' ').Replace('\r', ' '), record.GetProperty("original_data").GetRawText());
        Assert.Equal(Json, Encoding.UTF8.GetString(record.GetProperty("original_base64").GetBytesFromBase64()));
    }

    [Fact]
    public void AnEventThatCameCompressedIsReadableAndKeepsItsBytes()
    {
        const string Json = """{"event_type":"click"}""";
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(Json));
        }

        using var fold = Fold(Some.Record(1, compressed.ToArray()));
        var record = Assert.Single(Archived.Records(Assert.Single(fold.Objects)));

        Assert.Equal(Json, record.GetProperty("original_data").GetRawText());
        Assert.Equal(compressed.ToArray(), record.GetProperty("original_base64").GetBytesFromBase64());
    }

    [Fact]
    public void UserRecordsOfAnAggregateAreLinesWithTheirPositionAndPartitionKey()
    {
        using var fold = Fold(Some.Record(1), Some.Aggregate(2, ("a", """{"n":0}"""), ("b", "?"), ("c", """{"n":2}""")));

        Assert.Equal(
            [(1, 0, "user-1"), (2, 0, "a"), (2, 2, "c")], Archived.Records(fold.Objects.First()).Select(Place));
        Assert.Equal([(2, 1, "b")], Archived.Records(fold.Objects.Last()).Select(Place));
        Assert.Equal(new ArchiveTotals(1, 0, 0), fold.Objects.Last().TotalsBefore);

        static (int, int, string?) Place(JsonElement record) => (
            record.GetProperty("sequence_number").GetString()![^1] - '0',
            record.GetProperty("sub_sequence_number").GetInt32(),
            record.GetProperty("partition_key").GetString());
    }

    [Fact]
    public void AMalformedRecordIsSetAsideWithItsBytesAndTheReason()
    {
        byte[] data = [(byte)'{', 0xFF, (byte)'\n'];
        using var fold = Fold(Some.Record(3, data));

        var archiveObject = Assert.Single(fold.Objects);
        var record = Assert.Single(Archived.Records(archiveObject));

        Assert.Equal(
            $"quarantine/year=2025/month=08/day=08/hour=09/{Some.Shard}-{Some.Sequence(3)}-{Some.Sequence(3)}.ndjson.gz", archiveObject.Key);
        Assert.Equal("invalid_utf8", record.GetProperty("reason").GetString());
        Assert.Equal(data, record.GetProperty("data").GetBytesFromBase64());
        Assert.Equal(Some.Sequence(3), record.GetProperty("sequence_number").GetString());
        Assert.Equal(0, record.GetProperty("sub_sequence_number").GetInt32());
        Assert.Equal("user-1", record.GetProperty("partition_key").GetString());
        Assert.Equal("2025-08-08T09:29:58.000Z", record.GetProperty("approximate_arrival_timestamp").GetString());
    }

    [Fact]
    public void EachHourOfArrivalHasItsOwnObject()
    {
        var hour = new DateTimeOffset(2025, 12, 31, 23, 59, 59, 999, TimeSpan.Zero);
        using var fold = Fold(Some.Record(1, arrival: hour), Some.Record(2, arrival: hour.AddMilliseconds(1)), Some.Record(3, arrival: hour));

        Assert.Equal(
            [
                $"events/year=2025/month=12/day=31/hour=23/{Some.Shard}-{Some.Sequence(1)}-{Some.Sequence(3)}.ndjson.gz",
                $"events/year=2026/month=01/day=01/hour=00/{Some.Shard}-{Some.Sequence(2)}-{Some.Sequence(2)}.ndjson.gz",
            ],
            fold.Objects.Select(archiveObject => archiveObject.Key));
    }

    [Fact]
    public void ABatchOfManyHoursIsWholeThoughFewCompressorsAreOpen()
    {
        var records = Enumerable.Range(0, 200)
            .Select(number => Some.Record(number, $$"""{"n":{{number}}}""", Some.Arrival.AddHours(number % 20)));
        using var fold = Fold([.. records]);

        Assert.Equal(20, fold.Objects.Count);
        foreach (var (archiveObject, hour) in fold.Objects.Zip(Enumerable.Range(0, 20)))
        {
            Assert.Equal(
                Enumerable.Range(0, 10).Select(round => (round * 20) + hour),
                Archived.Records(archiveObject).Select(record => record.GetProperty("original_data").GetProperty("n").GetInt32()));
        }
    }

    [Fact]
    public void TheSameBatchMakesTheSameObjects()
    {
        KinesisEvent.KinesisEventRecord[] records =
            [.. Enumerable.Range(0, 500).Select(number => Some.Record(number, number % 7 == 0 ? "?" : $$"""{"n":{{number}}}"""))];
        using var first = Fold(records);
        using var second = Fold(records);

        Assert.Equal(Bytes(first), Bytes(second));

        static IEnumerable<(string, string)> Bytes(ArchiveFold fold) => fold.Objects.Select(archiveObject =>
        {
            using var copy = new MemoryStream();
            archiveObject.Content().CopyTo(copy);
            return (archiveObject.Key, Convert.ToBase64String(copy.ToArray()));
        });
    }

    [Fact]
    public void AnyRecordIsOneJsonLineFromWhichItsBytesAreRestored() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[][]>(), payloads =>
        {
            using var fold = Fold([.. payloads.Select((payload, index) => Some.Record(index, payload))]);
            var lines = fold.Objects.SelectMany(Archived.Records)
                .ToDictionary(record => record.GetProperty("sequence_number").GetString()!, GetBytes);
            return payloads.Select((payload, index) => lines[Some.Sequence(index)].AsSpan().SequenceEqual(payload)).All(same => same);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void TextsFromRecordsAreEscaped() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), ArbMap.Default.ArbFor<NonNull<string>>(), (partitionKey, eventId) =>
        {
            var (expectedKey, expectedId) = (WellFormed(partitionKey.Get), WellFormed(eventId.Get));
            var json = JsonSerializer.Serialize(new Dictionary<string, object> { ["event_id"] = expectedId, ["event_type"] = expectedId, ["data"] = 1 });
            var record = Some.Record(1, json);
            record.Kinesis.PartitionKey = expectedKey;
            using var fold = Fold(record);
            var line = Assert.Single(Archived.Records(Assert.Single(fold.Objects)));
            return line.GetProperty("partition_key").GetString() == expectedKey
                && (expectedId.Length == 0
                    || (line.GetProperty("event_type").GetString() == expectedId && line.GetProperty("event_id").GetString() == expectedId));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void RecordsOfAllSizesComeBackWholeAndInOrder()
    {
        int[] sizes = [0, 1, 30_000, 40_000, 250_000, 5, 32_000, 700, 700, 100_000];
        var sent = Enumerable.Range(0, 200).Select(number => $$"""{"n":{{number}},{{new string(' ', sizes[number % sizes.Length])}}"last":true}""").ToArray();
        using var fold = Fold([.. sent.Select((json, number) => Some.Record(number, json))]);

        Assert.Equal(sent, Archived.Records(Assert.Single(fold.Objects)).Select(record => record.GetProperty("original_data").GetRawText()));
    }

    [Fact]
    public void TextsAreEscapedAsFarAsJsonWantsIt()
    {
        const string Type = """a\"b\\c\u0001+<é>""";
        var sent = Some.Record(1, $$"""{"event_id":"e","event_type":"{{Type}}"}""");
        sent.Kinesis.PartitionKey = "\t\"ü\"";
        using var fold = Fold(sent);

        var line = Assert.Single(Archived.Lines(Assert.Single(fold.Objects)));

        Assert.Contains($",\"event_id\":\"e\",\"event_type\":\"{Type}\",", line, StringComparison.Ordinal);
        Assert.Contains(",\"partition_key\":\"\\t\\\"ü\\\"\",", line, StringComparison.Ordinal);
    }

    [Fact]
    public void TotalsCountEventsAmountsAndMalformedRecords()
    {
        using var fold = Fold(
            Some.Record(1, """{"order_id":"o","amount":10.25,"timestamp":"2025-08-08"}"""),
            Some.Record(2, """{"event_type":"purchase","amount":"0.75"}"""),
            Some.Record(3, """{"event_type":"purchase","amount":-5}"""),
            Some.Record(4, "?"));

        Assert.Equal(new ArchiveTotals(3, 11m, 1), fold.Totals);
    }

    [Fact]
    public void ObjectKnowsTheBatchTotalsBeforeIt()
    {
        using var fold = Fold(Some.Record(1), Some.Record(2), Some.Record(3, "?"), Some.Record(4));

        Assert.Equal([default, new ArchiveTotals(2, 0, 0)], fold.Objects.Select(archiveObject => archiveObject.TotalsBefore));
    }

    [Fact]
    public void TwoPartsOfOneAggregateAreTwoObjectsAndTheSamePartIsTheSame()
    {
        var records = Some.TakenApart(1, [("a", "{}"), ("a", "{}"), ("a", "?"), ("a", "?"), ("b", "{}"), ("b", "{}")]);
        using var whole = FoldFromConsumer(records);
        string[] keys = [.. new[] { records[..3], records[3..], records[..3] }.Select(part =>
        {
            using var fold = FoldFromConsumer(part);
            return fold.Objects.Single(archiveObject => archiveObject.Kind == ArchiveKind.Events).Key;
        })];

        Assert.Equal(keys[0], keys[2]);
        Assert.Equal(2, keys.Distinct().Count());
        Assert.All(keys, key => Assert.Matches($"/{Some.Shard}-{Some.Sequence(1)}-{Some.Sequence(1)}\\.[0-9a-f]{{32}}\\.ndjson\\.gz$", key));
        Assert.All(whole.Objects, archiveObject => Assert.DoesNotContain(archiveObject.Key, keys));
    }

    [Fact]
    public void EqualUserRecordsHaveTheirOccurrenceWholeAndDivided()
    {
        (string, string)[] users = [("a", "{}"), ("a", "{}"), ("b", "{}")];
        using var whole = Fold(Some.Aggregate(1, users));
        using var apart = FoldFromConsumer(Some.TakenApart(1, users));

        Assert.Equal([(0, -1), (1, 1), (2, 0)], Archived.Records(Assert.Single(whole.Objects)).Select(Place));
        Assert.Equal([(0, -1), (0, 1), (0, -1)], Archived.Records(Assert.Single(apart.Objects)).Select(Place));

        static (int, int) Place(JsonElement record) => (
            record.GetProperty("sub_sequence_number").GetInt32(),
            record.TryGetProperty("occurrence", out var occurrence) ? occurrence.GetInt32() : -1);
    }

    private static ArchiveFold FoldFromConsumer(KinesisEvent.KinesisEventRecord[] records) =>
        Some.Folded(new ArchiveFold(Some.BatchInfo with { IsFromConsumer = true }, EventTimeBounds.Default), records);

    private static ArchiveFold Fold(params KinesisEvent.KinesisEventRecord[] records) =>
        Some.Folded(new ArchiveFold(Some.BatchInfo, EventTimeBounds.Default), records);

    private static byte[] GetBytes(JsonElement record) =>
        record.TryGetProperty("data", out var data) ? data.GetBytesFromBase64()
        : record.TryGetProperty("original_base64", out var original) ? original.GetBytesFromBase64()
        : Encoding.UTF8.GetBytes(record.GetProperty("original_data").GetRawText());

    private static string WellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
