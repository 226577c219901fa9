using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Analytics.Archiving;

/// <summary>
/// The key of an object of the archive: its kind, its time and a name, as
/// <c>events/year=2026/month=03/day=01/hour=12/shardId-000000000000-17-42.ndjson.gz</c>. Only keys of this form are read, so that a key is safe as
/// a path below a folder and as text in a SQL statement.
/// </summary>
/// <param name="Text">The whole key.</param>
/// <param name="Kind">The kind of the object's content.</param>
/// <param name="Start">Start of the time range of arrival, UTC: an hour, or a day for Parquet.</param>
public readonly partial record struct ArchiveKey(string Text, ArchiveKind Kind, DateTime Start)
{
    private const string EventsFolder = "events/";
    private const string QuarantineFolder = "quarantine/";
    private const string CompactedFolder = "compacted/events/";
    private const string DayFolders = "'year='yyyy'/month='MM'/day='dd'/'";
    private const string HourFolders = DayFolders + "'hour='HH'/'";
    private const string LinesExtension = ".ndjson.gz";
    private const string ParquetExtension = ".parquet";

    /// <summary>The first folder of each kind's keys.</summary>
    public static IReadOnlyList<string> TopFolders { get; } =
        [.. ((string[])[EventsFolder, QuarantineFolder, CompactedFolder]).Select(folder => folder[..folder.IndexOf('/', StringComparison.Ordinal)])];

    /// <summary>End of the time range.</summary>
    public DateTime End => Kind == ArchiveKind.Compacted ? Start.AddDays(1) : Start.AddHours(1);

    /// <summary>Parses a key. Returns false if it is not a key of the archive.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ArchiveKey? key)
    {
        ArgumentNullException.ThrowIfNull(text);
        key = null;
        ArchiveKind? kind = text.StartsWith(EventsFolder, StringComparison.Ordinal) ? ArchiveKind.Events
            : text.StartsWith(QuarantineFolder, StringComparison.Ordinal) ? ArchiveKind.Quarantine
            : text.StartsWith(CompactedFolder, StringComparison.Ordinal) ? ArchiveKind.Compacted
            : null;
        if (kind is not { } known)
        {
            return false;
        }

        var (folder, folders, extension) = known == ArchiveKind.Compacted
            ? (CompactedFolder, DayFolders, ParquetExtension)
            : (GetFolder(known), HourFolders, LinesExtension);
        var name = text.LastIndexOf('/') + 1;
        if (!text.EndsWith(extension, StringComparison.Ordinal)
            || !Name().IsMatch(text.AsSpan(name, Math.Max(0, text.Length - extension.Length - name)))
            || !DateTime.TryParseExact(
                text.AsSpan(folder.Length, Math.Max(0, name - folder.Length)),
                folders,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                out var start))
        {
            return false;
        }

        key = new ArchiveKey(text, known, start);
        return true;
    }

    /// <summary>Returns the prefix of the keys of a kind, on a day or in total.</summary>
    public static string Prefix(ArchiveKind kind, DateTime? day = null) => GetFolder(kind) + day?.ToString(DayFolders, CultureInfo.InvariantCulture);

    /// <summary>Returns the prefix of the keys of a kind in an hour of arrival, UTC.</summary>
    public static string HourPrefix(ArchiveKind kind, DateTime hour) => GetFolder(kind) + hour.ToString(HourFolders, CultureInfo.InvariantCulture);

    /// <summary>The extension of objects with lines.</summary>
    internal static bool TryRemoveExtension(string key, [NotNullWhen(true)] out string? withoutExtension)
    {
        var isObject = key.EndsWith(LinesExtension, StringComparison.Ordinal);
        withoutExtension = isObject ? key[..^LinesExtension.Length] : null;
        return isObject;
    }

    /// <summary>Returns the key of an object with lines.</summary>
    internal static string Create(ArchiveKind kind, DateTime hour, string name) => HourPrefix(kind, hour) + name + LinesExtension;

    private static string GetFolder(ArchiveKind kind) => kind switch
    {
        ArchiveKind.Events => EventsFolder,
        ArchiveKind.Quarantine => QuarantineFolder,
        _ => CompactedFolder,
    };

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
