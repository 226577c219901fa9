namespace Analytics.Archiving;

/// <summary>Selects the part of an archive to read.</summary>
/// <param name="From">Earliest arrival time, inclusive, UTC.</param>
/// <param name="To">Latest arrival time, exclusive, UTC.</param>
public sealed record ArchiveSelection(DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>The shard, or null for all shards.</summary>
    public string? ShardId { get; init; }

    /// <summary>Whether to include malformed records.</summary>
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
