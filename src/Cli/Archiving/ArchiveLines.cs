using System.IO.Compression;
using System.Text.Json;
using Analytics.Cli.Producing;

namespace Analytics.Cli.Archiving;

/// <summary>Reads an archive object's lines.</summary>
internal static class ArchiveLines
{
    private const int Longest = 64 * 1024 * 1024;

    /// <summary>The entries, in the object's order.</summary>
    /// <param name="key">The object's key, for messages.</param>
    /// <param name="content">Its bytes.</param>
    /// <exception cref="UserException">A line is no archive entry, or the object is not gzip.</exception>
    public static IEnumerable<ArchiveEntry> Read(string key, byte[] content)
    {
        using var compressed = new MemoryStream(content);
        using var lines = new GZipStream(compressed, CompressionMode.Decompress);
        var reader = new LineReader(lines, Longest);
        while (Next(key, reader) is { } entry)
        {
            yield return entry;
        }
    }

    private static ArchiveEntry? Next(string key, LineReader reader)
    {
        try
        {
            return reader.Read() is { } line ? ArchiveEntry.Parse(line) : null;
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            throw new UserException($"line {reader.LineNumber} of the archive object {key} is no archive entry: {e.Message}", e);
        }
        catch (InvalidDataException e)
        {
            throw new UserException($"the archive object {key} is not gzip: {e.Message}", e);
        }
    }
}
