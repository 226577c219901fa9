using Analytics.Counting;

namespace Analytics.Cli.Auditing;

/// <summary>The outcome of an audit.</summary>
/// <param name="Events">The user records of the archive that were counted again.</param>
/// <param name="Values">The values of counters that were compared.</param>
/// <param name="Differences">The differences.</param>
internal sealed record ArchiveAuditResult(long Events, long Values, IReadOnlyList<CounterDifference> Differences);
