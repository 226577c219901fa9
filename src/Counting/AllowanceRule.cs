namespace Analytics.Counting;

/// <summary>How many values of a window an environment may admit on its own: half of the limit, split among all environments, and not more than a batch needs.</summary>
/// <param name="Environments">The environments that may be alive at once: one a shard, for up to this many shards.</param>
/// <param name="LeastLimit">The limit below which there is no such allowance, so that just as many values are admitted as the limit says.</param>
internal readonly record struct AllowanceRule(int Environments, int LeastLimit)
{
    /// <summary>The most values of an allowance: a shard's list, which may hold all environments', stays far below what an item holds.</summary>
    private const int Most = 312;

    public static AllowanceRule Default => new(Environments: 16, LeastLimit: 1000);

    public int AllowanceOf(int limit) => limit >= LeastLimit ? Math.Min(limit / (2 * Environments), Most) : 0;
}
