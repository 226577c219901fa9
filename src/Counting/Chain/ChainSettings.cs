namespace Analytics.Counting.Chain;

/// <summary>The times and sizes that chains depend on.</summary>
internal sealed record ChainSettings
{
    public static ChainSettings Default { get; } = new();

    /// <summary>
    /// How long a link is kept after it was written. Rollup takes it within minutes; when Rollup stands still, alarms tell for days before a link
    /// is removed, and a removed one shows as a break of the chain.
    /// </summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(14);

    /// <summary>
    /// How long an environment relies on the position that it remembers. Far below <see cref="Retention"/>, so that a link that continues from that
    /// position cannot have expired: no link there means that nothing continues from there.
    /// </summary>
    public TimeSpan MemoryLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The most bytes of a link: an item holds 400 KB.</summary>
    public int MaxLinkBytes { get; init; } = 380 * 1024;
}
