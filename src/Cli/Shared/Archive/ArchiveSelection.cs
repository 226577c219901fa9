namespace Analytics.Cli.Shared.Archive;

/// <summary>What of an archive to read.</summary>
/// <param name="From">Records that arrived at this time, UTC, or later.</param>
/// <param name="To">Records that arrived before this time.</param>
internal sealed record ArchiveSelection(DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>One shard only; null for all.</summary>
    public string? ShardId { get; init; }

    /// <summary>Whether to read malformed records too.</summary>
    public bool WithQuarantine { get; init; } = true;

    /// <summary>The hours of arrival, UTC.</summary>
    public IEnumerable<DateTime> Hours()
    {
        var first = From.UtcDateTime;
        for (var hour = new DateTime(first.Year, first.Month, first.Day, first.Hour, 0, 0, DateTimeKind.Utc); hour < To.UtcDateTime; hour = hour.AddHours(1))
        {
            yield return hour;
        }
    }
}
