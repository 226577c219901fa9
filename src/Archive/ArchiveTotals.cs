namespace Analytics.Archive;

/// <summary>The totals of a batch, for the metrics.</summary>
/// <param name="Processed">Number of events.</param>
/// <param name="Amount">The sum of their amounts.</param>
/// <param name="Errors">Number of malformed records.</param>
internal readonly record struct ArchiveTotals(long Processed, decimal Amount, long Errors);
