using System.Text;
using Analytics.Archiving;
using Analytics.Cli.Query;
using Analytics.Cli.Shared.Commands;
using Analytics.Cli.Tests.Shared.Archive;

namespace Analytics.Cli.Tests.Shared.Sql;

public sealed class DuckDbTests : IDisposable
{
    private readonly SampleArchive _archive = new();

    public void Dispose() => _archive.Dispose();

    [Theory]
    [InlineData("""{"a":1}""")]
    [InlineData("""{ "a" : [1, {"b":"}"}], "c":"\u00e9é" }""")]
    [InlineData("""{"n":1.10,"m":1E5,"big":123456789012345678901234567890,"a":1,"a":2}""")]
    [InlineData("""{"half":"\ud800","control":"\u0001"}""")]
    [InlineData("""{"processed_at":"x","y":{"original_base64":"AAAA","processed_at":"z"}}""")]
    [InlineData("""{"text":",\"processed_at\":\""}""")]
    [InlineData(""" {"spaces":1} """)]
    [InlineData("{\t\"tab\":1}\t")]
    [InlineData("""{"grapheme":"👨‍👩‍👧‍👦e\u0301é","quote":"'"}""")]
    public async Task ProducerJsonIsPreservedByteForByte(string json)
    {
        _archive.Add("events", 12, SampleArchive.Event(1, json), SampleArchive.Event(2, json, [1, 2, 3]), SampleArchive.Event(3, "{}"));

        Assert.Equal([[json, "null"], [json, "AQID"], ["{}", "null"]], await _archive.AskAsync("SELECT original_data, original_base64 FROM events ORDER BY sequence_number"));
    }

    [Fact]
    public async Task ALineOfTheLargestEventIsRead()
    {
        var json = $$"""{"a":"{{new string('x', 1_048_000)}}"}""";
        var put = Encoding.UTF8.GetBytes(json);
        _archive.Add("events", 12, SampleArchive.Event(1, json, put));

        Assert.Equal([[json, Convert.ToBase64String(put)]], await _archive.AskAsync("SELECT original_data, original_base64 FROM events"));
    }

    [Fact]
    public async Task EachEventIsReturnedOnceRegardlessOfRedeliveries()
    {
        _archive.Add("events", 12, SampleArchive.Event(1, "{}"), SampleArchive.Event(2, "{}"), SampleArchive.Event(2, "{}", sub: 1));
        _archive.Add("events", 12, SampleArchive.Event(2, "{}", processed: "2026-03-01T12:05:00.000Z"), SampleArchive.Event(2, "{}", sub: 1), SampleArchive.Event(3, "{}"));
        _archive.Add("quarantine", 12, SampleArchive.Malformed(4, [0xFF]), SampleArchive.Malformed(5, []));
        _archive.Add("quarantine", 12, SampleArchive.Malformed(4, [0xFF]));

        Assert.Equal(
            [["1", "0"], ["2", "0"], ["2", "1"], ["3", "0"]],
            await _archive.AskAsync("SELECT sequence_number, sub_sequence_number FROM events ORDER BY ALL"));
        Assert.Equal("2026-03-01 12:00:01", await _archive.AskOneAsync("SELECT max(processed_at) FROM events"));
        Assert.Equal("6", await _archive.AskOneAsync("SELECT count(*) FROM events_raw"));
        Assert.Equal(
            [["4", "/w==", "not_json", "0"], ["5", "", "not_json", "0"]],
            await _archive.AskAsync("SELECT sequence_number, data, reason, byte_position FROM quarantine ORDER BY sequence_number"));
    }

    [Fact]
    public async Task UserRecordsAreTheSameWholeAndDivided()
    {
        // An aggregate of {"n":1}, {}, {}, once whole and once in two batches of a consumer.
        _archive.Add("events", 12, SampleArchive.Event(1, """{"n":1}"""), SampleArchive.Event(1, "{}", sub: 1, occurrence: 0), SampleArchive.Event(1, "{}", sub: 2, occurrence: 1));
        _archive.Add("events", 12, SampleArchive.Event(1, """{"n":1}"""), SampleArchive.Event(1, "{}"));
        _archive.Add("events", 12, SampleArchive.Event(1, "{}", occurrence: 1), SampleArchive.Event(2, "{}"));
        _archive.Add("quarantine", 12, SampleArchive.Malformed(1, [1]), SampleArchive.Malformed(1, [1], occurrence: 1), SampleArchive.Malformed(1, [2]));

        Assert.Equal(
            [["1", "{}", "0"], ["1", "{}", "1"], ["1", """{"n":1}""", "0"], ["2", "{}", "0"]],
            await _archive.AskAsync("SELECT sequence_number, original_data, occurrence FROM events ORDER BY sequence_number, length(original_data), occurrence"));
        Assert.Equal([["AQ==", "0"], ["AQ==", "1"], ["Ag==", "0"]], await _archive.AskAsync("SELECT data, occurrence FROM quarantine ORDER BY ALL"));
    }

    [Fact]
    public async Task LinesFromBeforeOccurrencesAreReadWithNewerOnes()
    {
        _archive.Add("events", 12, SampleArchive.Event(1, "{}"), SampleArchive.Event(1, "[]", sub: 1), SampleArchive.Event(1, "{}", sub: 2), SampleArchive.Event(1, "[]", sub: 3));
        _archive.Add("events", 12, SampleArchive.Event(1, "{}"), SampleArchive.Event(1, "[]", sub: 1, occurrence: 0), SampleArchive.Event(1, "{}", sub: 2, occurrence: 1));

        Assert.Equal(
            [["[]", "0"], ["[]", "1"], ["{}", "0"], ["{}", "1"]],
            await _archive.AskAsync("SELECT original_data, occurrence FROM events ORDER BY ALL"));
    }

    [Fact]
    public async Task TheMembersOfALineAreColumns()
    {
        _archive.Add("events", 12, SampleArchive.Event(17, "{}", type: "a\\\"b"));

        Assert.Equal(
            [["shardId-000000000000", "17", "p,\"processed_at\":\"17", "2026-03-01 12:00:00.25", "e17", "a\"b", "2026-03-01 11:59:59.125", "false", "2026", "3", "1", "12"]],
            await _archive.AskAsync(
                "SELECT shard_id, sequence_number, partition_key, approximate_arrival_timestamp, event_id, event_type, event_time, event_time_is_arrival, year, month, day, hour FROM events"));
    }

    [Fact]
    public async Task OnlyTheHoursAskedForAreRead()
    {
        foreach (var hour in (int[])[0, 11, 12, 23])
        {
            _archive.Add("events", hour, SampleArchive.Event(hour, "{}", hour: hour));
        }

        var noon = new DateTimeOffset(SampleArchive.Day.AddHours(12));
        Assert.Equal("4", await _archive.AskOneAsync("SELECT count(*) FROM events", ArchiveSpan.Day(SampleArchive.Day)));
        Assert.Equal("0", await _archive.AskOneAsync("SELECT count(*) FROM events", ArchiveSpan.Day(SampleArchive.Day.AddDays(1))));
        Assert.Equal("12", await _archive.AskOneAsync("SELECT max(hour) FROM events", ArchiveSpan.Create(null, noon.AddMinutes(1))));
        Assert.Equal("11", await _archive.AskOneAsync("SELECT max(hour) FROM events", ArchiveSpan.Create(null, noon)));
        Assert.Equal("12", await _archive.AskOneAsync("SELECT min(hour) FROM events", ArchiveSpan.Create(noon.AddMinutes(59), null)));
    }

    [Theory]
    [InlineData("it's; DROP TABLE x --")]
    [InlineData("[a-z]*{b,c}?")]
    public async Task AFolderMayHaveAnyName(string name)
    {
        using var archive = new SampleArchive(name);
        archive.Add("events", 12, SampleArchive.Event(1, "{}"));

        Assert.Equal("1", await archive.AskOneAsync("SELECT count(*) FROM events"));
    }

    [Theory]
    [InlineData("SELEC 1", "syntax error")]
    [InlineData("", "the query is empty")]
    [InlineData("SELECT 1; SELECT 2", "only one statement is allowed")]
    [InlineData("COPY events TO 'stolen.csv'", "only SELECT is allowed")]
    [InlineData("DROP VIEW events", "only SELECT is allowed")]
    [InlineData("SET enable_external_access = true", "only SELECT is allowed")]
    [InlineData("SELECT * FROM read_text('/etc/hostname')", "Cannot access file")]
    [InlineData("SELECT * FROM read_text('../../../../../../etc/hostname')", "Cannot access file")]
    [InlineData("SELECT nothing FROM events", "nothing")]
    public async Task InvalidQueryIsRejectedInOneLine(string sql, string why)
    {
        _archive.Add("events", 12, SampleArchive.Event(1, "{}"));

        var error = await Assert.ThrowsAsync<UserException>(() => _archive.AskAsync(sql));
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public async Task EverySavedQuestionIsAnswered()
    {
        _archive.Add(
            "events",
            12,
            SampleArchive.Event(1, """{"page_url":"/a","user_id":"u1"}""", type: "page_view"),
            SampleArchive.Event(2, """{"data":{"page":"/a","user_id":"u2"}}""", type: "page_view"),
            SampleArchive.Event(3, """{"pageUrl":"/b","userId":"u1"}""", type: "page_view", hour: 13),
            SampleArchive.Event(4, """{"product_id":"p","amount":10.10}""", type: "purchase"),
            SampleArchive.Event(5, """{"data":{"product_id":"p","amount":1.05,"currency":"USD"}}""", type: "purchase"),
            SampleArchive.Event(6, """{"productId":"p","amount":"many"}""", type: "purchase"));
        _archive.Add("quarantine", 12, SampleArchive.Malformed(7, [1]), SampleArchive.Malformed(8, [2]));

        Assert.Equal(
            [["2026-03-01 11:00:00", "page_view", "3"], ["2026-03-01 11:00:00", "purchase", "3"]],
            await _archive.AskAsync(Saved("events-by-type-per-hour")));
        Assert.Equal([["/a", "2", "2"], ["/b", "1", "1"]], await _archive.AskAsync(Saved("top-pages")));
        Assert.Equal([["p", "(none)", "2", "10.10"], ["p", "USD", "1", "1.05"]], await _archive.AskAsync(Saved("revenue-by-product")));
        Assert.Equal([["page_view", "1", "01:00:01.125", "01:00:01.125"]], await _archive.AskAsync(Saved("late-events")));
        Assert.Equal([["not_json", "2", "2026-03-01 12:00:00.25", "2026-03-01 12:00:00.25"]], await _archive.AskAsync(Saved("quarantine-by-reason")));
        Assert.Equal(5, new SavedQuestions(Path.Combine(Repository.Root, "src/Archiving/Sql")).Names.Count);
    }

    private static string Saved(string name) => new SavedQuestions(Path.Combine(Repository.Root, "src/Archiving/Sql")).Read(name);
}
