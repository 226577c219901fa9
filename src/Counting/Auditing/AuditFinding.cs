namespace Analytics.Counting.Auditing;

/// <summary>A finding of an audit about records, links or items; what a window's numbers differ in is a <see cref="CounterDifference"/>.</summary>
/// <param name="Side">Where the fault lies.</param>
/// <param name="Message">One sentence: how many records, of which shard, between which sequence numbers.</param>
public sealed record AuditFinding(AuditSide Side, string Message);

/// <summary>Where the fault of a finding lies.</summary>
public enum AuditSide
{
    /// <summary>Nowhere yet: the function Counters has not had the time to count the records.</summary>
    Pending,

    /// <summary>The archive lacks records that are counted.</summary>
    Archive,

    /// <summary>The counters lack records, or their table does not hold what counting writes.</summary>
    Counters,
}
