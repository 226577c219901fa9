using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Analytics.EndToEnd.Tests;

/// <summary>An output folder of <c>analytics run --out</c>, read without the product's code.</summary>
internal sealed class RunOutput(string folder)
{
    /// <summary>summary.json.</summary>
    public JsonElement Summary { get; } = Parse(File.ReadAllText(Path.Combine(folder, "summary.json")));

    /// <summary>The archive's lines, each user record once.</summary>
    public List<JsonElement> Archived { get; } = Distinct(Objects(folder, "events"));

    /// <summary>The quarantine's lines, each user record once.</summary>
    public List<JsonElement> Quarantined { get; } = Distinct(Objects(folder, "quarantine"));

    /// <summary>The lines of counters.ndjson.</summary>
    public List<JsonElement> Counters { get; } = Lines(folder, "counters.ndjson");

    /// <summary>The lines of results.ndjson.</summary>
    public List<JsonElement> Results { get; } = Lines(folder, "results.ndjson");

    /// <summary>The lines of alerts.ndjson.</summary>
    public List<JsonElement> Alerts { get; } = Lines(folder, "alerts.ndjson");

    /// <summary>The lines of failures.ndjson.</summary>
    public List<JsonElement> Failures { get; } = Lines(folder, "failures.ndjson");

    /// <summary>The lines of metrics.ndjson.</summary>
    public List<JsonElement> Metrics { get; } = Lines(folder, "metrics.ndjson");

    /// <summary>A number of the summary.</summary>
    public long Number(string name) => Summary.GetProperty(name).GetInt64();

    private static List<JsonElement> Lines(string folder, string name) =>
        [.. File.ReadLines(Path.Combine(folder, name)).Select(Parse)];

    private static IEnumerable<JsonElement> Objects(string folder, string prefix)
    {
        var root = Path.Combine(folder, "archive", prefix);
        if (!Directory.Exists(root))
        {
            yield break;
        }

        foreach (var file in Directory.EnumerateFiles(root, "*.ndjson.gz", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            using var gzip = new GZipStream(File.OpenRead(file), CompressionMode.Decompress);
            using var reader = new StreamReader(gzip, Encoding.UTF8);
            while (reader.ReadLine() is { } line)
            {
                yield return Parse(line);
            }
        }
    }

    private static List<JsonElement> Distinct(IEnumerable<JsonElement> lines) => [.. lines.DistinctBy(line => (
        line.GetProperty("shard_id").GetString(),
        line.GetProperty("sequence_number").GetString(),
        line.GetProperty("partition_key").GetString(),
        line.TryGetProperty("original_base64", out var bytes) ? bytes.GetString()
            : line.TryGetProperty("original_data", out var json) ? json.GetRawText()
            : line.GetProperty("data").GetString(),
        line.TryGetProperty("occurrence", out var occurrence) ? occurrence.GetInt32() : 0))];

    private static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 1_000 });
        return document.RootElement.Clone();
    }
}
