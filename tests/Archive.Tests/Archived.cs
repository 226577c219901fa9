using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Analytics.Archive.Tests;

/// <summary>Reads archive objects back, as a reader would.</summary>
internal static class Archived
{
    public static string[] Lines(ArchiveObject archiveObject) => Lines(archiveObject.Content());

    public static string[] Lines(Stream compressed)
    {
        using var gzip = new GZipStream(compressed, CompressionMode.Decompress, leaveOpen: true);
        using var reader = new StreamReader(gzip, new UTF8Encoding(false, throwOnInvalidBytes: true));
        var text = reader.ReadToEnd();
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        return text[..^1].Split('\n');
    }

    public static JsonElement[] Records(ArchiveObject archiveObject) => [.. Lines(archiveObject).Select(Parse)];

    public static JsonElement Parse(string line)
    {
        using var document = JsonDocument.Parse(line);
        return document.RootElement.Clone();
    }
}
