namespace Analytics.Archiving;

/// <summary>The hours of arrival, UTC, that a query reads.</summary>
/// <param name="From">The first hour, or null for no lower bound.</param>
/// <param name="To">The hour after the last, or null for no upper bound.</param>
public readonly record struct ArchiveSpan(DateTime? From, DateTime? To)
{
    private const int MaxPrefixes = 400;

    /// <summary>Returns the hours of a day.</summary>
    public static ArchiveSpan Day(DateTime day) => new(day.Date, day.Date.AddDays(1));

    /// <summary>Returns the hours that a time range overlaps.</summary>
    public static ArchiveSpan Create(DateTimeOffset? from, DateTimeOffset? to) => new(
        from is { } first ? Floor(first.UtcDateTime) : null,
        to is { } end ? Floor(end.UtcDateTime.AddTicks(-1)).AddHours(1) : null);

    /// <summary>Returns whether an object may contain records of these hours.</summary>
    public bool Includes(ArchiveKey key) => (From is null || key.End > From) && (To is null || key.Start < To);

    /// <summary>Returns the prefixes to list for a kind: one per day, or one for the whole kind if the range is unbounded or long.</summary>
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
