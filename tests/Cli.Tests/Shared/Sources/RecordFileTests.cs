using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Analytics.Cli.Shared.Commands;
using Analytics.Cli.Shared.Sending;
using Analytics.Cli.Shared.Sources;
using Analytics.Events;

namespace Analytics.Cli.Tests.Shared.Sources;

public sealed class RecordFileTests : IDisposable
{
    private const string LogLine = "203.0.113.7 - - [17/May/2015:10:05:03 +0000] \"GET /a HTTP/1.1\" 200 1 \"-\" \"-\"";
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, 750, TimeSpan.Zero);
    private readonly TemporaryFolder _folder = new();
    private readonly EventReader _reader = new(EventLimits.Default);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void EachLineOfNdjsonIsARecordByteForByte()
    {
        byte[] file = [.. "{\"user_id\":\"u1\",\"event_type\":\"click\"}\r\n\n42\n"u8, 0xFF, 0xFE, (byte)'\n', .. "last"u8];
        var records = Open(_folder.File("a.ndjson", file), out var source);

        Assert.Equal(RecordFileFormat.Ndjson, source.Format);
        Assert.Equal(5, source.Count());
        Assert.Equal(["{\"user_id\":\"u1\",\"event_type\":\"click\"}\r"u8.ToArray(), [], "42"u8.ToArray(), [0xFF, 0xFE], "last"u8.ToArray()], records.Select(record => record.Data.ToArray()));
        Assert.Equal(["u1", "line-2", "line-3", "line-4", "line-5"], records.Select(record => record.PartitionKey));
    }

    [Fact]
    public void LongUserIsTruncatedToAPartitionKey()
    {
        var records = Open(_folder.File("a.ndjson", $"{{\"event_type\":\"click\",\"user_id\":\"{new string('é', 255)}😀\"}}"), out _);
        Assert.Equal(new string('é', 255), Assert.Single(records).PartitionKey);
    }

    [Fact]
    public void LineTooLargeForAStreamIsSkippedAndCounted()
    {
        var records = Open(_folder.File("a.ndjson", $"{{}}\n{new string('x', OutgoingRecord.MaxDataBytes + 1)}\n{new string('y', OutgoingRecord.MaxDataBytes)}\n"), out var source);

        Assert.Equal([2, OutgoingRecord.MaxDataBytes], records.Select(record => record.Data.Length));
        Assert.Equal(1, source.TooLarge);
        Assert.Equal("line 2", source.FirstTooLarge);
    }

    [Fact]
    public void AnAccessLogIsFoundOutAndItsLastLineFallsOnNow()
    {
        var path = _folder.File("log", $"{LogLine}\n{LogLine.Replace("10:05:03", "11:06:04", StringComparison.Ordinal)}\ntorn\n");
        var records = Open(path, out var source);

        Assert.Equal(RecordFileFormat.AccessLog, source.Format);
        Assert.Equal(["2026-03-01T10:58:59Z", "2026-03-01T12:00:00Z"], records.Take(2).Select(Timestamp));
        Assert.Equal("torn", Encoding.UTF8.GetString(records[2].Data.Span));
    }

    [Fact]
    public void TimesAreUnchangedWithoutATarget()
    {
        var file = Open(_folder.File("log", LogLine), null, null);
        Assert.Equal("2015-05-17T10:05:03Z", Timestamp(Assert.Single(file.Records(_reader))));
    }

    [Fact]
    public void GivenFormatIsUsed()
    {
        var file = Open(_folder.File("log", LogLine), RecordFileFormat.Ndjson, Now);
        Assert.Equal(LogLine, Encoding.UTF8.GetString(Assert.Single(file.Records(_reader)).Data.Span));
    }

    [Fact]
    public void AnEmptyFileHasNoRecords() => Assert.Empty(Open(_folder.File("empty", ""), out _));

    [Fact]
    public void GzipFileIsReadDecompressed()
    {
        var lines = Open(_folder.File("a.ndjson.gz", Gzip("{\"a\":1}\n{\"b\":2}\n")), null, Now);
        var array = Open(_folder.File("a.json.gz", Gzip("[{\"a\":1},\n {\"b\":2}]")), null, Now);
        var log = Open(_folder.File("log.gz", Gzip(LogLine + "\n")), null, Now);

        Assert.Equal((RecordFileFormat.Ndjson, RecordFileFormat.JsonArray, RecordFileFormat.AccessLog), (lines.Format, array.Format, log.Format));
        Assert.Equal(["{\"a\":1}", "{\"b\":2}"], Texts(lines));
        Assert.Equal(["{\"a\":1}", "{\"b\":2}"], Texts(array));
        Assert.Equal("2026-03-01T12:00:00Z", Timestamp(Assert.Single(log.Records(_reader))));
    }

    [Fact]
    public void TruncatedGzipFileIsRejectedBeforeSending()
    {
        var error = Assert.Throws<UserException>(() => Open(_folder.File("a.ndjson.gz", Gzip("{\"a\":1}\n{\"b\":2}\n")[..^6]), null, Now));

        Assert.Matches(@"a\.ndjson\.gz is damaged: .*\. Check that it is complete\.$", error.Message);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData(" [ ] \n")]
    public void AnEmptyArrayHasNoRecords(string text) => Assert.Empty(Texts(Open(_folder.File("a.json", text), null, Now)));

    [Fact]
    public void EachArrayElementIsARecordByteForByte()
    {
        var file = Open(_folder.File("a.json", "\uFEFF[\n  {\n    \"user_id\": \"u1\", \"text\": \"],[\\\"}\"\n  },\n  {\"n\":1.10},7 ,\n \"x\"\n]\n"), null, Now);

        Assert.Equal(RecordFileFormat.JsonArray, file.Format);
        Assert.Equal(["{\n    \"user_id\": \"u1\", \"text\": \"],[\\\"}\"\n  }", "{\"n\":1.10}", "7", "\"x\""], Texts(file));
        Assert.Equal(["u1", "element-2", "element-3", "element-4"], file.Records(_reader).Select(record => record.PartitionKey));
    }

    [Theory]
    [InlineData("[{\"a\":1},{\"b\":", "it ends in element 2")]
    [InlineData("[{\"a\":1}", "it ends in element 1")]
    [InlineData("[{\"a\":1},", "element 2 is missing")]
    [InlineData("[{\"a\":1},\n]", "element 2 is missing")]
    [InlineData("[{\"a\":1}] {\"b\":2}", "it is followed by other data after 1 elements")]
    public void IncompleteArrayIsRejectedBeforeSending(string text, string why)
    {
        var error = Assert.Throws<UserException>(() => Open(_folder.File("a.json", text), RecordFileFormat.JsonArray, Now));

        Assert.Contains($"a.json is not a complete JSON array: {why}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ALargeElementIsSkippedAndCounted()
    {
        var file = Open(_folder.File("a.json", $"[{{}},\"{new string('x', OutgoingRecord.MaxDataBytes)}\",{{}}]"), null, Now);

        Assert.Equal(["{}", "{}"], Texts(file));
        Assert.Equal((1, "element 2"), (file.TooLarge, file.FirstTooLarge));
    }

    [Theory]
    [InlineData("[1]\n{\"a\":1}\n")]
    [InlineData("[{\"a\":1}]\n[{\"b\":1}]\n")]
    [InlineData("[{\"a\":1\n{\"b\":2}\n")]
    [InlineData("{\"a\":\n{\"b\":2}\n{\"c\":3}\n")]
    [InlineData("{\"a\":\n{\"b\":2}\n")]
    [InlineData("{\n{\"b\":2}\n")]
    [InlineData("not JSON\n{\"b\":2}\n")]
    [InlineData("a,b\n{\"b\":2}\n")]
    [InlineData("\0\0\0{\"b\":2}\n{\"b\":3}\n")]
    [InlineData("\n\n[[\n{\"b\":2}\n")]
    [InlineData("\"text\"\n42\nnull\n")]
    public void MalformedNdjsonLinesAreSentUnchangedWithoutAWarning(string text)
    {
        var file = Open(_folder.File("a", text), null, Now);

        Assert.Equal((RecordFileFormat.Ndjson, null), (file.Format, file.Warning));
        Assert.Equal(text, string.Concat(Texts(file).Select(line => line + "\n")));
    }

    [Fact]
    public void FirstLineThatIsNotTextIsSentUnchanged()
    {
        byte[] content = [0xFF, 0xFE, (byte)'{', (byte)'\n', .. "{\"a\":1}\n"u8];

        var file = Open(_folder.File("a", content), null, Now);

        Assert.Equal(content, file.Records(_reader).SelectMany(record => (byte[])[.. record.Data.Span, (byte)'\n']));
    }

    [Theory]
    [InlineData("hello\n", "has a first line that is not JSON. Lines are sent unchanged, and malformed ones will be quarantined.")]
    [InlineData("hello\nworld, again\n", "has no JSON in its first 2 lines. They are sent unchanged and will be quarantined.")]
    public void FileWithoutJsonCausesAWarning(string text, string warning) =>
        Assert.EndsWith($"/a {warning}", Open(_folder.File("a", text), null, Now).Warning, StringComparison.Ordinal);

    [Theory]
    [InlineData("{\n  \"a\": 1\n}\n", "is JSON formatted over several lines")]
    [InlineData("{\n  \"a\": [\n    1\n  ]\n}\n{\n  \"a\": 2\n}\n", "is JSON formatted over several lines")]
    [InlineData("[\n  1,\n  2\n]\n", "is JSON formatted over several lines")]
    [InlineData("time,user,amount\n2026-03-01,u1,1.50\n2026-03-01,u2,2.50\n", "looks like CSV with 3 columns")]
    [InlineData("time;\"the user\"\r\n2026-03-01;u1\r\n", "looks like CSV with 2 columns")]
    [InlineData("time\tuser\n2026-03-01\tu1\n", "looks like CSV with 2 columns")]
    [InlineData("<?xml version=\"1.0\"?>\n<a/>\n", "looks like XML or HTML")]
    [InlineData("PAR1\u0015\u0004", "is Parquet")]
    [InlineData("PK\u0003\u0004", "is a zip file")]
    [InlineData("BZh91AY", "is compressed with bzip2")]
    public void UnknownFormatIsRejectedAndFormatCanBeGiven(string text, string why)
    {
        var path = _folder.File("a", text);

        var error = Assert.Throws<UserException>(() => Open(path, null, Now));

        Assert.Contains($"/a {why}, so nothing was sent. ", error.Message, StringComparison.Ordinal);
        Assert.Contains("--format ndjson", error.Message, StringComparison.Ordinal);
        Assert.NotEmpty(Texts(Open(path, RecordFileFormat.Ndjson, Now)));
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    public void AnotherEncodingIsRejected(string encoding)
    {
        var to = Encoding.GetEncoding(encoding);
        const string text = "{\"event_type\":\"click\"}\n{\"event_type\":\"click\"}\n";
        foreach (var content in (byte[][])[[.. to.GetPreamble(), .. to.GetBytes(text)], to.GetBytes(text)])
        {
            var error = Assert.Throws<UserException>(() => Open(_folder.File("a", content), null, Now));
            Assert.Contains("is not UTF-8 but UTF-16 or UTF-32", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void ALongPrettyPrintedValueIsRejectedByItsBeginning()
    {
        var text = $"{{\n  \"list\": [\n{string.Join(",\n", Enumerable.Repeat("    {\n      \"a\": 1\n    }", 10_000))}\n  ]\n}}\n";

        Assert.Contains("formatted over several lines", Assert.Throws<UserException>(() => Open(_folder.File("a", text), null, Now)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ByteOrderMarkIsSkippedUnlessLinesAreSentUnchanged()
    {
        var path = _folder.File("a", "\uFEFF{\"a\":1}\n");

        Assert.Equal(["{\"a\":1}"], Texts(Open(path, null, Now)));
        Assert.Equal(["\uFEFF{\"a\":1}"], Texts(Open(path, RecordFileFormat.Ndjson, Now)));
    }

    [Fact]
    public void StandardInputIsReadAsAFileIs()
    {
        Assert.Equal(["{\"a\":1}", "x"], Texts(OpenStream("{\"a\":1}\nx"u8.ToArray())));
        Assert.Equal(["{\"a\":1}", "{\"b\":2}"], Texts(OpenStream(Gzip("[{\"a\":1},{\"b\":2}]"))));
        Assert.Empty(Texts(OpenStream([])));
        Assert.Throws<UserException>(() => OpenStream("{\n \"a\":1\n}\n"u8.ToArray()));
        Assert.Equal("2026-03-01T12:00:00Z", Timestamp(Assert.Single(OpenStream(Encoding.UTF8.GetBytes(LogLine), now: Now).Records(_reader))));
        Assert.Contains(
            "standard input is damaged",
            Assert.Throws<UserException>(() => Texts(OpenStream(Gzip("{\"a\":1}\n{\"b\":2}\n")[..^6]))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task LinesOfAPipeAreReadAsTheyArrive()
    {
        using var pipe = new System.IO.Pipes.AnonymousPipeServerStream();
        using var client = new System.IO.Pipes.AnonymousPipeClientStream(pipe.GetClientHandleAsString());
        var first = new TaskCompletionSource<string>();
        var reading = Task.Run(() =>
        {
            var texts = new List<string>();
            foreach (var record in RecordFile.Open(RecordInput.OfStream(client, "standard input"), null, Now, _folder.Path).Records(_reader))
            {
                texts.Add(Encoding.UTF8.GetString(record.Data.Span));
                first.TrySetResult(texts[0]);
            }

            return texts;
        });

        await pipe.WriteAsync("{\"a\":1}\n"u8.ToArray());
        Assert.Equal("{\"a\":1}", await first.Task);
        await pipe.WriteAsync("{\"b\":2}\n"u8.ToArray());
        pipe.Close();

        Assert.Equal(["{\"a\":1}", "{\"b\":2}"], await reading);
    }

    [Fact]
    public void MissingFileAndFolderAreReportedInOneLine()
    {
        var missing = Assert.Throws<UserException>(() => Open(Path.Combine(_folder.Path, "nowhere.ndjson"), null, Now));
        Assert.Contains("nowhere.ndjson does not exist", missing.Message, StringComparison.Ordinal);
        var folder = Assert.Throws<UserException>(() => Open(_folder.Path, null, Now));
        Assert.Contains("is a folder", folder.Message, StringComparison.Ordinal);
    }

    [SkippableLogFact]
    public void EveryLineOfTheRealLogBecomesAnEvent()
    {
        var path = SkippableLogFactAttribute.Path;
        var records = Open(path, out var source);

        Assert.Equal(RecordFileFormat.AccessLog, source.Format);
        var lines = File.ReadAllLines(path);
        Assert.Equal(lines.Length, records.Count);
        for (var i = 0; i < lines.Length; i++)
        {
            using var json = JsonDocument.Parse(records[i].Data);
            var status = lines[i].Split('"')[2].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0];
            var isError = string.CompareOrdinal(status, "400") >= 0;
            Assert.Equal(isError ? "error" : "page_view", json.RootElement.GetProperty("event_type").GetString());
            Assert.Equal(lines[i].Split(' ')[0], json.RootElement.GetProperty("user_id").GetString());
            Assert.Equal(lines[i].Split(' ')[6].Split('?')[0], json.RootElement.GetProperty("page_url").GetString());
            Assert.Equal(isError, json.RootElement.TryGetProperty("error_code", out var code) && code.GetString() == status);
        }
    }

    private static string? Timestamp(OutgoingRecord record)
    {
        using var json = JsonDocument.Parse(record.Data);
        return json.RootElement.GetProperty("timestamp").GetString();
    }

    private List<OutgoingRecord> Open(string path, out RecordFile file)
    {
        file = Open(path, format: null, Now);
        return [.. file.Records(_reader)];
    }

    private RecordFile Open(string path, RecordFileFormat? format, DateTimeOffset? now) =>
        RecordFile.Open(RecordInput.OfFile(path), format, now, _folder.Combine("temporary"));

    private RecordFile OpenStream(byte[] content, RecordFileFormat? format = null, DateTimeOffset? now = null) =>
        RecordFile.Open(RecordInput.OfStream(new MemoryStream(content), "standard input"), format, now, _folder.Combine("temporary"));

    private List<string> Texts(RecordFile file) => [.. file.Records(_reader).Select(record => Encoding.UTF8.GetString(record.Data.Span))];

    private static byte[] Gzip(string text)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return compressed.ToArray();
    }
}

/// <summary>A test on the access log of ../shared/data; skipped with a reason where the log does not exist.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SkippableLogFactAttribute : FactAttribute
{
    public SkippableLogFactAttribute()
    {
        if (!File.Exists(Path))
        {
            Skip = $"{Path} is not there";
        }
    }

    public static string Path { get; } = System.IO.Path.GetFullPath("../shared/data/weblogs/access.log", Repository.Root);
}
