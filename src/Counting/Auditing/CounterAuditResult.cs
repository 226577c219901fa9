namespace Analytics.Counting.Auditing;

/// <summary>The outcome of an audit.</summary>
/// <param name="Events">Number of archived events that were compared.</param>
/// <param name="Values">Number of window values that were compared.</param>
/// <param name="Findings">The findings on records, links and items.</param>
/// <param name="Differences">The differing numbers of windows.</param>
public sealed record CounterAuditResult(
    long Events, long Values, IReadOnlyList<AuditFinding> Findings, IReadOnlyList<CounterDifference> Differences)
{
    /// <summary>Whether archive and counters agree.</summary>
    public bool IsEqual => Differences.Count == 0 && Findings.All(finding => finding.Side == AuditSide.Pending);
}
