namespace Analytics.Counting.RollingUp;

/// <summary>The times and sizes that the rollup depends on.</summary>
internal sealed record RollupSettings
{
    public static RollupSettings Default { get; } = new();

    /// <summary>
    /// The maximum bytes of links in a generation, which limits the function's memory. The remaining links are left to the next generation of the
    /// same run.
    /// </summary>
    public int MaxLinkBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>The maximum size in bytes of values in an item of a window.</summary>
    public int MaxPageBytes { get; init; } = 128 * 1024;

    /// <summary>
    /// How long before a shard without new links is taken to have no records: longer than a batch takes from its arrival to its link. A function
    /// that lags more triggers the alarm on its iterator age.
    /// </summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long links are kept; the last one of an idle shard is kept again after half of it.</summary>
    public TimeSpan LinkRetention { get; init; } = Chain.ChainSettings.Default.Retention;

    /// <summary>The most windows that are kept in mind to be marked complete.</summary>
    public int MaxOpen { get; init; } = 1000;

    public int MaxParallelCalls { get; init; } = 16;
}
