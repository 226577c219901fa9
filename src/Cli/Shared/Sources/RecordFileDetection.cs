using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Analytics.Cli.Shared.Sources;

/// <summary>A file's format, detected from its first bytes.</summary>
/// <param name="Format">The format.</param>
/// <param name="Refusal">The reason for rejecting the file, as a predicate that follows its name, or null.</param>
/// <param name="Warning">A warning for the user, as a predicate that follows the file's name, or null.</param>
internal readonly record struct DetectedFormat(RecordFileFormat Format, string? Refusal = null, string? Warning = null);

/// <summary>
/// Detects a file's format from its first bytes. Lines that are not JSON are errors of the producer and are sent unchanged for the pipeline to quarantine;
/// only a file that has another format as a whole is rejected.
/// </summary>
internal static partial class RecordFileDetection
{
    private const int MaxLines = 10;
    private const int MaxDepth = 1_000;

    private static readonly SearchValues<byte> Spaces = SearchValues.Create(" \t\r\n"u8);

    private static readonly (byte[] Magic, string Name)[] Binaries =
    [
        ([0x28, 0xB5, 0x2F, 0xFD], "compressed with zstd"),
        ([0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0x00], "compressed with xz"),
        ([(byte)'B', (byte)'Z', (byte)'h'], "compressed with bzip2"),
        ([(byte)'P', (byte)'K', 0x03, 0x04], "a zip file"),
        ([(byte)'P', (byte)'A', (byte)'R', (byte)'1'], "Parquet"),
        ([(byte)'O', (byte)'b', (byte)'j', 0x01], "Avro"),
        ([(byte)'O', (byte)'R', (byte)'C'], "ORC"),
    ];

    /// <summary>The UTF-8 byte order mark, which is not part of any record.</summary>
    public static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Returns whether the bytes read from a pipe so far are sufficient to detect NDJSON.</summary>
    public static bool IsEnough(ReadOnlySpan<byte> head)
    {
        var end = head.LastIndexOf((byte)'\n');
        return end >= 0 && Lines(head[..end], isWhole: true) is [var first, ..] && (IsJson(first) || AccessLog.IsLine(first)) && !StartsWith(first, '[');
    }

    /// <summary>Detects a file's format.</summary>
    /// <param name="head">The first bytes, decompressed.</param>
    /// <param name="isWhole">Whether they are the whole content.</param>
    public static DetectedFormat Detect(ReadOnlySpan<byte> head, bool isWhole)
    {
        if (NameBinary(head) is { } binary)
        {
            return Refuse($"is {binary}", "Convert it to NDJSON, one JSON event per line");
        }

        if (IsUtf16(head))
        {
            return Refuse("is not UTF-8 but UTF-16 or UTF-32", "Convert it, for example with: iconv -f UTF-16 -t UTF-8");
        }

        if (head.StartsWith(ByteOrderMark))
        {
            head = head[ByteOrderMark.Length..];
        }

        var lines = Lines(head, isWhole);
        if (lines.Count(line => AccessLog.IsLine(line)) * 2 > lines.Count)
        {
            return new DetectedFormat(RecordFileFormat.AccessLog);
        }

        if (lines.Count == 0 || (IsJson(lines[0]) && !(lines.Count == 1 && StartsWith(lines[0], '['))))
        {
            return new DetectedFormat(RecordFileFormat.Ndjson);
        }

        if (IsArrayOfObjects(head))
        {
            return new DetectedFormat(RecordFileFormat.JsonArray);
        }

        if (IsValueOverLines(head, isWhole))
        {
            return Refuse("is JSON formatted over several lines", "Convert it to one event per line, for example with: jq -c .");
        }

        return lines.Exists(IsJson) ? new DetectedFormat(RecordFileFormat.Ndjson) : DetectText(lines);
    }

    private static DetectedFormat DetectText(List<byte[]> lines)
    {
        var texts = lines.ConvertAll(Encoding.UTF8.GetString);
        if (texts[0].TrimStart().StartsWith('<') && texts[0].Contains('>', StringComparison.Ordinal))
        {
            return Refuse("looks like XML or HTML", "Convert it to NDJSON, one JSON event per line");
        }

        foreach (var delimiter in ",;\t|")
        {
            var columns = CountColumns(texts[0], delimiter);
            if (texts.Count > 1 && columns > 1 && texts.TrueForAll(line => CountColumns(line, delimiter) == columns) && IsHeader(texts[0], delimiter))
            {
                return Refuse(
                    string.Create(CultureInfo.InvariantCulture, $"looks like CSV with {columns} columns"), "Convert it to NDJSON, one JSON event per line");
            }
        }

        return new DetectedFormat(
            RecordFileFormat.Ndjson,
            Warning: lines.Count == 1 ? "has a first line that is not JSON. Lines are sent unchanged, and malformed ones will be quarantined."
                : $"has no JSON in its first {lines.Count} lines. They are sent unchanged and will be quarantined.");
    }

    private static DetectedFormat Refuse(string what, string advice) =>
        new(RecordFileFormat.Ndjson, Refusal: $"{what}, so nothing was sent. {advice}, or send its lines unchanged with --format ndjson.");

    private static string? NameBinary(ReadOnlySpan<byte> head)
    {
        foreach (var (magic, name) in Binaries)
        {
            if (head.StartsWith(magic))
            {
                return name;
            }
        }

        return null;
    }

    /// <summary>Returns whether every other byte is zero, as in UTF-16 and UTF-32 text with ASCII characters. UTF-8 lines do not have that many zeros.</summary>
    private static bool IsUtf16(ReadOnlySpan<byte> head)
    {
        var length = Math.Min(head.Length, 1_024);
        return length >= 4 && head[..length].Count((byte)0) * 3 >= length;
    }

    /// <summary>Returns the first lines that are not blank; the last one only if it is complete.</summary>
    private static List<byte[]> Lines(ReadOnlySpan<byte> head, bool isWhole)
    {
        var lines = new List<byte[]>(MaxLines);
        while (!head.IsEmpty && lines.Count < MaxLines)
        {
            var end = head.IndexOf((byte)'\n');
            if (end < 0 && !isWhole && lines.Count > 0)
            {
                break;
            }

            var line = end < 0 ? head : head[..end];
            if (line.ContainsAnyExcept(Spaces))
            {
                lines.Add(line.ToArray());
            }

            head = end < 0 ? [] : head[(end + 1)..];
        }

        return lines;
    }

    private static bool StartsWith(ReadOnlySpan<byte> line, char character) =>
        line.IndexOfAnyExcept(Spaces) is >= 0 and var start && line[start] == character;

    private static bool IsJson(byte[] line)
    {
        try
        {
            var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = MaxDepth });
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Returns whether the text starts like an array that is empty or whose first element is an object.</summary>
    private static bool IsArrayOfObjects(ReadOnlySpan<byte> head)
    {
        if (!StartsWith(head, '['))
        {
            return false;
        }

        var elements = head[(head.IndexOf((byte)'[') + 1)..];
        return (StartsWith(elements, '{') || StartsWith(elements, ']')) && ReadValue(head) != JsonBeginning.Invalid;
    }

    /// <summary>Returns whether the text starts with a value that continues on another line.</summary>
    private static bool IsValueOverLines(ReadOnlySpan<byte> head, bool isWhole) =>
        (StartsWith(head, '{') || StartsWith(head, '['))
        && ReadValue(head) is var beginning && (beginning == JsonBeginning.Complete || (beginning == JsonBeginning.Incomplete && !isWhole))
        && head.TrimStart(" \t\r\n"u8).Contains((byte)'\n');

    private static JsonBeginning ReadValue(ReadOnlySpan<byte> head)
    {
        try
        {
            var reader = new Utf8JsonReader(head, isFinalBlock: false, new JsonReaderState(new JsonReaderOptions { MaxDepth = MaxDepth, AllowMultipleValues = true }));
            while (reader.Read())
            {
                if (reader is { CurrentDepth: 0, TokenType: JsonTokenType.EndObject or JsonTokenType.EndArray })
                {
                    return JsonBeginning.Complete;
                }
            }

            return JsonBeginning.Incomplete;
        }
        catch (JsonException)
        {
            return JsonBeginning.Invalid;
        }
    }

    private static int CountColumns(string line, char delimiter)
    {
        var (count, isQuoted) = (1, false);
        foreach (var character in line)
        {
            isQuoted ^= character == '"';
            count += character == delimiter && !isQuoted ? 1 : 0;
        }

        return count;
    }

    private static bool IsHeader(string line, char delimiter) => Array.TrueForAll(line.TrimEnd('\r').Split(delimiter), name => ColumnName().IsMatch(name));

    [GeneratedRegex("""^\s*"?[\p{L}_][\p{L}\p{N}_ .:/()$-]*"?\s*$""", RegexOptions.CultureInvariant)]
    private static partial Regex ColumnName();

    private enum JsonBeginning
    {
        Invalid,
        Incomplete,
        Complete,
    }
}
