namespace Analytics.Archive;

/// <summary>What a batch comes to, for the metrics.</summary>
/// <param name="Processed">Events.</param>
/// <param name="Amount">The sum of their amounts.</param>
/// <param name="Errors">Malformed records.</param>
internal readonly record struct ArchiveTotals(long Processed, decimal Amount, long Errors);
