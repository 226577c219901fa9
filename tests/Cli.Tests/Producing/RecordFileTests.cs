using System.Text;
using System.Text.Json;
using Analytics.Cli.Producing;
using Analytics.Events;

namespace Analytics.Cli.Tests.Producing;

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
        Assert.Equal(5, source.CountLines());
        Assert.Equal(["{\"user_id\":\"u1\",\"event_type\":\"click\"}\r"u8.ToArray(), [], "42"u8.ToArray(), [0xFF, 0xFE], "last"u8.ToArray()], records.Select(record => record.Data.ToArray()));
        Assert.Equal(["u1", "line-2", "line-3", "line-4", "line-5"], records.Select(record => record.PartitionKey));
    }

    [Fact]
    public void ALongUserIsCutToAPartitionKey()
    {
        var records = Open(_folder.File("a.ndjson", $"{{\"event_type\":\"click\",\"user_id\":\"{new string('é', 255)}😀\"}}"), out _);
        Assert.Equal(new string('é', 255), Assert.Single(records).PartitionKey);
    }

    [Fact]
    public void ALineThatNoStreamTakesIsLeftOutAndCounted()
    {
        var records = Open(_folder.File("a.ndjson", $"{{}}\n{new string('x', OutgoingRecord.MaxDataBytes + 1)}\n{new string('y', OutgoingRecord.MaxDataBytes)}\n"), out var source);

        Assert.Equal([2, OutgoingRecord.MaxDataBytes], records.Select(record => record.Data.Length));
        Assert.Equal(1, source.TooLarge);
        Assert.Equal(2, source.FirstTooLarge);
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
    public void TimesAreKeptWhenThereIsNothingToMoveThemTo()
    {
        var file = RecordFile.Open(_folder.File("log", LogLine), format: null, now: null);
        Assert.Equal("2015-05-17T10:05:03Z", Timestamp(Assert.Single(file.Records(_reader))));
    }

    [Fact]
    public void AFormatThatIsGivenHolds()
    {
        var file = RecordFile.Open(_folder.File("log", LogLine), RecordFileFormat.Ndjson, Now);
        Assert.Equal(LogLine, Encoding.UTF8.GetString(Assert.Single(file.Records(_reader)).Data.Span));
    }

    [Fact]
    public void AnEmptyFileHasNoRecords() => Assert.Empty(Open(_folder.File("empty", ""), out _));

    [Fact]
    public void AMissingFileAndAFolderAreSaidInOneLine()
    {
        var missing = Assert.Throws<UserException>(() => RecordFile.Open(Path.Combine(_folder.Path, "nowhere.ndjson"), null, Now));
        Assert.Contains("nowhere.ndjson does not exist", missing.Message, StringComparison.Ordinal);
        var folder = Assert.Throws<UserException>(() => RecordFile.Open(_folder.Path, null, Now));
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
        file = RecordFile.Open(path, format: null, Now);
        return [.. file.Records(_reader)];
    }
}

/// <summary>A test on the access log of ../shared/data; skipped, saying so, where that is not there.</summary>
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
