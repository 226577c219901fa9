using Analytics.Counting.Chain;

namespace Analytics.Counting.Auditing;

/// <summary>The sizes and times for corrections.</summary>
internal sealed record CorrectorSettings
{
    public static CorrectorSettings Default { get; } = new();

    /// <summary>The maximum number of records in a correction, which lists each of them with about 60 bytes.</summary>
    public int MaxRecords { get; init; } = 1000;

    /// <summary>The maximum size of a correction in bytes.</summary>
    public int MaxLinkBytes { get; init; } = ChainSettings.Default.MaxLinkBytes;

    /// <summary>Retention of a correction after its write.</summary>
    public TimeSpan Retention { get; init; } = ChainSettings.Default.Retention;

    /// <summary>The time before a correction's expiry from which it is no longer relied on.</summary>
    public TimeSpan ExpiryMargin { get; init; } = TimeSpan.FromHours(1);
}
