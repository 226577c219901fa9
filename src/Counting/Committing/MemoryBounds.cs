namespace Analytics.Counting.Committing;

/// <summary>What an environment keeps in memory at most; beyond it, it forgets what was not needed for longest, and learns it again where it has to.</summary>
/// <param name="Values">Fingerprints of admitted values, 30 bytes or so each.</param>
/// <param name="PartialBytes">Bytes of partials that cannot be added to without knowing them.</param>
internal readonly record struct MemoryBounds(int Values, int PartialBytes)
{
    /// <summary>A window's values at the highest limit, and some; and 32 MB.</summary>
    public static MemoryBounds Default => new(1_200_000, 32 * 1024 * 1024);
}
