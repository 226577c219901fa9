namespace Analytics.Cli.Auditing;

/// <summary>The windows that an audit compares.</summary>
/// <param name="From">Windows that start at this time, UTC, or later.</param>
/// <param name="To">Windows that start before this time.</param>
internal sealed record ArchiveAuditScope(DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>One counter only; null for all.</summary>
    public string? Counter { get; init; }
}
