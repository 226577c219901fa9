namespace Analytics.Counting.Auditing;

/// <summary>The outcome of an audit.</summary>
/// <param name="Events">The archive's events that were compared.</param>
/// <param name="Values">The values of windows that were compared.</param>
/// <param name="Findings">The findings about records, links and items.</param>
/// <param name="Differences">The windows' numbers that differ.</param>
public sealed record CounterAuditResult(
    long Events, long Values, IReadOnlyList<AuditFinding> Findings, IReadOnlyList<CounterDifference> Differences)
{
    /// <summary>Whether archive and counters agree.</summary>
    public bool IsEqual => Differences.Count == 0 && Findings.All(finding => finding.Side == AuditSide.Pending);
}
