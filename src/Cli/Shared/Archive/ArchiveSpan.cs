namespace Analytics.Cli.Shared.Archive;

/// <summary>The hours of arrival, UTC, that a query reads.</summary>
/// <param name="From">The first hour; null for all from the beginning.</param>
/// <param name="To">The hour after the last; null for all to the end.</param>
internal readonly record struct ArchiveSpan(DateTime? From, DateTime? To)
{
    private const int MaxPrefixes = 400;

    /// <summary>A day.</summary>
    public static ArchiveSpan Day(DateTime day) => new(day.Date, day.Date.AddDays(1));

    /// <summary>The hours that a span of time touches.</summary>
    public static ArchiveSpan Of(DateTimeOffset? from, DateTimeOffset? to) => new(
        from is { } first ? Floor(first.UtcDateTime) : null,
        to is { } end ? Floor(end.UtcDateTime.AddTicks(-1)).AddHours(1) : null);

    /// <summary>Whether an object may hold records of these hours.</summary>
    public bool Includes(ArchiveKey key) => (From is null || key.End > From) && (To is null || key.Start < To);

    /// <summary>The prefixes to list for a kind: a day each, or the whole kind when the span is open or long.</summary>
    public IEnumerable<string> Prefixes(ArchiveKind kind)
    {
        if (From is not { } from || To is not { } to || (to - from).TotalDays > MaxPrefixes)
        {
            yield return ArchiveKey.Prefix(kind);
            yield break;
        }

        for (var day = from.Date; day < to; day = day.AddDays(1))
        {
            yield return ArchiveKey.Prefix(kind, day);
        }
    }

    private static DateTime Floor(DateTime time) => new(time.Year, time.Month, time.Day, time.Hour, 0, 0, DateTimeKind.Utc);
}
