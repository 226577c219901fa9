using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Analytics.Archiving;
using Analytics.Cli.Shared.Archive;
using Analytics.Cli.Shared.Files;
using Analytics.Cli.Shared.Sql;

namespace Analytics.Cli.Tests.Shared.Archive;

/// <summary>An archive in a temporary folder, with lines as the Archive function writes them.</summary>
internal sealed class SampleArchive : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private int _objects;

    public SampleArchive(string name = "archive") => Folder = Directory.CreateDirectory(Path.Combine(_folder.Path, name)).FullName;

    public static DateTime Day { get; } = new(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc);

    public string Folder { get; }

    public FolderArchiveStore Store => FolderArchiveStore.Open(Folder);

    /// <summary>The line of an event; the n-th of its shard.</summary>
    public static string Event(int n, string json, byte[]? put = null, int sub = 0, string type = "click", int hour = 12, string processed = "2026-03-01T12:00:01.000Z", int? occurrence = null) =>
        $$"""{"original_data":{{json}}{{(put is null ? "" : $",\"original_base64\":\"{Convert.ToBase64String(put)}\"")}},"processed_at":"{{processed}}","shard_id":"shardId-000000000000","sequence_number":"{{n}}","sub_sequence_number":{{sub}},{{(occurrence is null ? "" : $"\"occurrence\":{occurrence},")}}"partition_key":{{JsonSerializer.Serialize("p,\"processed_at\":\"" + n)}},"approximate_arrival_timestamp":"2026-03-01T{{hour:D2}}:00:00.250Z","event_id":"e{{n}}","event_type":"{{type}}","event_time":"2026-03-01T11:59:59.125Z"}""";

    /// <summary>The line of a malformed record.</summary>
    public static string Malformed(int n, byte[] data, int? occurrence = null) =>
        $$"""{"reason":"not_json","position":0,"data":"{{Convert.ToBase64String(data)}}","processed_at":"2026-03-01T12:00:01.000Z","shard_id":"shardId-000000000000","sequence_number":"{{n}}","sub_sequence_number":0,{{(occurrence is null ? "" : $"\"occurrence\":{occurrence},")}}"partition_key":"p","approximate_arrival_timestamp":"2026-03-01T12:00:00.250Z"}""";

    /// <summary>The bytes of an object, of one gzip member a line.</summary>
    public static byte[] CreateObject(params string[] lines)
    {
        using var content = new MemoryStream();
        foreach (var line in lines)
        {
            using var gzip = new GZipStream(content, CompressionLevel.Fastest, leaveOpen: true);
            gzip.Write(Encoding.UTF8.GetBytes(line + "\n"));
        }

        return content.ToArray();
    }

    /// <summary>The key of an object, which names its first and last record.</summary>
    public static string CreateKey(string kind, int hour, params string[] lines)
    {
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{kind}/year=2026/month=03/day=01/hour={hour:D2}/shardId-000000000000-{GetSequenceNumber(lines[0])}-{GetSequenceNumber(lines[^1])}.ndjson.gz");

        static string GetSequenceNumber(string line)
        {
            using var json = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 1_000 });
            return json.RootElement.GetProperty("sequence_number").GetString()!;
        }
    }

    /// <summary>Writes an object.</summary>
    public string Add(string kind, int hour, params string[] lines)
    {
        var key = CreateKey(kind, hour, lines);
        var path = Path.Combine(Folder, key);
        if (File.Exists(path))
        {
            // Of a consumer's batches.
            key = key.Replace(".ndjson", string.Create(CultureInfo.InvariantCulture, $".{++_objects:x32}.ndjson"), StringComparison.Ordinal);
            path = Path.Combine(Folder, key);
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var file = new FileStream(path, FileMode.CreateNew);
        file.Write(CreateObject(lines));
        return key;
    }

    /// <summary>The rows of an answer, each cell as JSON.</summary>
    public async Task<List<string[]>> AskAsync(string sql, ArchiveSpan span = default)
    {
        var context = TestContext.Create(_folder.Path);
        var duckDb = await DuckDb.PrepareAsync(context, CancellationToken.None);
        using var work = WorkingFolder.Create(context.WorkFolder, "query");
        var keys = await ArchiveFiles.ListAsync(Store, span, Enum.GetValues<ArchiveKind>(), CancellationToken.None);
        var answer = new Answer();
        await duckDb.AskAsync(new ArchiveFiles(Folder, keys), span, work.Folder("temporary"), sql, answer, CancellationToken.None);
        return answer.Rows;
    }

    /// <summary>The one cell of an answer.</summary>
    public async Task<string> AskOneAsync(string sql, ArchiveSpan span = default) => (await AskAsync(sql, span)).Single().Single();

    public void Dispose() => _folder.Dispose();

    private sealed class Answer : IQueryOutput
    {
        public List<string[]> Rows { get; } = [];

        public void Begin(IReadOnlyList<QueryColumn> columns)
        {
        }

        public void Row(JsonElement cells) =>
            Rows.Add([.. cells.EnumerateArray().Select(cell => cell.ValueKind == JsonValueKind.String ? cell.GetString()! : cell.GetRawText())]);

        public void End()
        {
        }
    }
}
