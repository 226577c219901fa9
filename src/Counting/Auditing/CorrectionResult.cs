namespace Analytics.Counting.Auditing;

/// <summary>What became of records that were to be counted.</summary>
/// <param name="Counted">The records that are counted now.</param>
/// <param name="CountedBefore">Those that were counted before.</param>
/// <param name="BeyondEnd">Those beyond the end of the shard's chain: the function is to count them.</param>
/// <param name="Unknown">Those whose links, or corrections, may have expired, so that nothing tells whether they were counted.</param>
public readonly record struct CorrectionResult(int Counted, int CountedBefore, int BeyondEnd, int Unknown);

/// <summary>Where a record lies with respect to its shard's chain.</summary>
internal enum RecordPlace
{
    /// <summary>In a link's range.</summary>
    Counted,

    /// <summary>Between a link's range and the position that it continues from.</summary>
    InGap,

    /// <summary>Beyond the chain's end.</summary>
    BeyondEnd,

    /// <summary>Before the first link that is kept, or in a gap that a correction may have filled which is kept no more.</summary>
    Unknown,
}
