using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Analytics.Cli.Shared.Archive;

/// <summary>
/// The key of an object that a query reads. Only keys of the archive's own form are taken, so one can be a path below a folder and a text
/// in a statement as it is.
/// </summary>
/// <param name="Text">The whole key.</param>
/// <param name="Kind">What the object holds.</param>
/// <param name="Start">When the span of arrival that it stands for begins, UTC: an hour, for Parquet a day.</param>
internal readonly partial record struct ArchiveKey(string Text, ArchiveKind Kind, DateTime Start)
{
    private const string DayFolders = "'year='yyyy'/month='MM'/day='dd'/'";

    /// <summary>When that span ends.</summary>
    public DateTime End => Kind == ArchiveKind.Compacted ? Start.AddDays(1) : Start.AddHours(1);

    /// <summary>Reads a key; false when it is another object's.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ArchiveKey? key)
    {
        key = null;
        var match = Form().Match(text);
        if (!match.Success
            || !DateTime.TryParseExact(
                match.Groups["date"].Value + (match.Groups["hour"] is { Success: true } hour ? hour.Value : "00"),
                "'year='yyyy'/month='MM'/day='ddHH",
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                out var start))
        {
            return false;
        }

        var kind = match.Groups["kind"].Value switch
        {
            "events" => ArchiveKind.Events,
            "quarantine" => ArchiveKind.Quarantine,
            _ => ArchiveKind.Compacted,
        };
        key = new ArchiveKey(text, kind, start);
        return true;
    }

    /// <summary>What the keys of a kind begin with, on a day or at all.</summary>
    public static string Prefix(ArchiveKind kind, DateTime? day = null) =>
        kind switch { ArchiveKind.Events => "events/", ArchiveKind.Quarantine => "quarantine/", _ => "compacted/events/" }
        + day?.ToString(DayFolders, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"^((?<kind>events|quarantine)/(?<date>year=\d{4}/month=\d{2}/day=\d{2})/hour=(?<hour>\d{2})/[A-Za-z0-9][A-Za-z0-9._-]*\.ndjson\.gz|(?<kind>compacted/events)/(?<date>year=\d{4}/month=\d{2}/day=\d{2})/[A-Za-z0-9][A-Za-z0-9._-]*\.parquet)\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
