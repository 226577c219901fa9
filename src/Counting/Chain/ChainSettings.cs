namespace Analytics.Counting.Chain;

/// <summary>The times and sizes for chains.</summary>
internal sealed record ChainSettings
{
    public static ChainSettings Default { get; } = new();

    /// <summary>
    /// Retention of a link after its write. Rollup reads it within minutes; if Rollup stops, alarms fire for days before a link
    /// expires, and an expired link is detected as a break in the chain.
    /// </summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(14);

    /// <summary>
    /// The time for which an execution environment trusts the position that it remembers. Far below <see cref="Retention"/>, so that a link that continues from that
    /// position cannot have expired: if there is no link, none was ever written.
    /// </summary>
    public TimeSpan MemoryLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The maximum size of a link in bytes; the limit of an item is 400 KB.</summary>
    public int MaxLinkBytes { get; init; } = 380 * 1024;
}
