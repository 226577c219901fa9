using System.Text.Json;
using Analytics.Archiving;
using Analytics.Cli.Shared.Files;
using Analytics.Streaming;

namespace Analytics.Cli.Shared.Archive;

/// <summary>Reads the lines of an archive object. Damage is reported before the last line is returned.</summary>
internal static class ArchiveLines
{
    private const int Longest = 64 * 1024 * 1024;

    /// <summary>Reads the entries in order.</summary>
    /// <param name="key">The object's key. It names the shard and the first and last record, which are verified.</param>
    /// <param name="content">The object's content.</param>
    /// <exception cref="ArchiveDamagedException">The object is not valid gzip, a line is not an archive entry, or the lines do not match the key.</exception>
    public static IEnumerable<ArchiveEntry> Read(string key, byte[] content)
    {
        using var stream = new MemoryStream(content, writable: false);
        foreach (var entry in Read(key, stream))
        {
            yield return entry;
        }
    }

    /// <summary>Reads an object to its end to verify that it is complete.</summary>
    /// <inheritdoc cref="Read(string, Stream)" path="/exception"/>
    public static void Verify(string key, Stream content)
    {
        foreach (var _ in Read(key, content))
        {
        }
    }

    /// <inheritdoc cref="Read(string, byte[])"/>
    public static IEnumerable<ArchiveEntry> Read(string key, Stream content)
    {
        var name = ArchiveObjectName.TryParse(key, out var parsed) ? parsed : null;
        using var gzip = new WholeGzipStream(content);
        var lines = new LineReader(gzip, Longest);
        if (Next(key, lines) is not { } entry)
        {
            throw new ArchiveDamagedException(key, "is damaged: it has no lines");
        }

        Require(key, name, name?.First, entry, "first");
        while (Next(key, lines) is { } next)
        {
            yield return entry;
            entry = next;
        }

        if (!lines.EndsWithLineFeed)
        {
            throw new ArchiveDamagedException(key, "is damaged: its last line is truncated");
        }

        Require(key, name, name?.Last, entry, "last");
        yield return entry;
    }

    private static void Require(string key, ArchiveObjectName? name, SequenceNumber? expected, in ArchiveEntry entry, string which)
    {
        if (name is { } known && (entry.Key.ShardId != known.ShardId || entry.Key.SequenceNumber != expected))
        {
            throw new ArchiveDamagedException(
                key, $"is damaged: its {which} line is of record {entry.Key.SequenceNumber} of {entry.Key.ShardId}, which is not the {which} record named by its key");
        }
    }

    private static ArchiveEntry? Next(string key, LineReader reader)
    {
        try
        {
            return reader.Read() is { } line ? ArchiveEntry.Parse(line) : null;
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            throw new ArchiveDamagedException(key, $"is damaged: line {reader.LineNumber} is not an archive entry ({e.Message.ReplaceLineEndings(" ").TrimEnd('.')})", e);
        }
        catch (InvalidDataException e)
        {
            throw new ArchiveDamagedException(key, e.Message, e);
        }
    }
}
