using Analytics.Counting.Chain;

namespace Analytics.Counting.Auditing;

/// <summary>The sizes and times that corrections depend on.</summary>
internal sealed record CorrectorSettings
{
    public static CorrectorSettings Default { get; } = new();

    /// <summary>The most records of a correction: it names each of them, by some 60 bytes.</summary>
    public int MaxRecords { get; init; } = 1000;

    /// <summary>The most bytes of a correction.</summary>
    public int MaxLinkBytes { get; init; } = ChainSettings.Default.MaxLinkBytes;

    /// <summary>How long a correction is kept after it was written.</summary>
    public TimeSpan Retention { get; init; } = ChainSettings.Default.Retention;

    /// <summary>The time before a correction's expiry from which on it is not relied on.</summary>
    public TimeSpan ExpiryMargin { get; init; } = TimeSpan.FromHours(1);
}
