namespace Analytics.Counting.Auditing;

/// <summary>A finding of an audit on records, links or items. Differences in a window's numbers are <see cref="CounterDifference"/>s.</summary>
/// <param name="Side">The faulty side.</param>
/// <param name="Message">One sentence with the number of records, the shard and the sequence numbers.</param>
public sealed record AuditFinding(AuditSide Side, string Message);

/// <summary>The faulty side of a finding.</summary>
public enum AuditSide
{
    /// <summary>Not a fault yet: the function Counters may still count the records.</summary>
    Pending,

    /// <summary>The archive lacks counted records.</summary>
    Archive,

    /// <summary>The counters lack records, or the content of their table is invalid.</summary>
    Counters,
}
