namespace Analytics.Counting.Auditing;

/// <summary>The result of a correction.</summary>
/// <param name="Counted">Number of records counted by it.</param>
/// <param name="CountedBefore">Number of records that were already counted.</param>
/// <param name="BeyondEnd">Number of records beyond the end of the shard's chain, which the function will count.</param>
/// <param name="Unknown">Number of records whose links or corrections may have expired, so that it is unknown whether they were counted.</param>
public readonly record struct CorrectionResult(int Counted, int CountedBefore, int BeyondEnd, int Unknown);

/// <summary>The position of a record relative to its shard's chain.</summary>
internal enum RecordPlace
{
    /// <summary>In a link's range.</summary>
    Counted,

    /// <summary>Between a link's range and the position that it continues from.</summary>
    InGap,

    /// <summary>Beyond the end of the chain.</summary>
    BeyondEnd,

    /// <summary>Before the first existing link, or in a gap that an expired correction may have filled.</summary>
    Unknown,
}
