namespace Analytics.Counting;

/// <summary>How many values of a window an environment may admit on its own: half of the limit, split among all environments.</summary>
/// <param name="Environments">The environments that may be alive at once: one a shard, for up to this many shards.</param>
/// <param name="LeastLimit">The limit below which there is no such allowance, so that just as many values are admitted as the limit says.</param>
internal readonly record struct AllowanceRule(int Environments, int LeastLimit)
{
    public static AllowanceRule Default => new(Environments: 16, LeastLimit: 1000);

    public int AllowanceOf(int limit) => limit >= LeastLimit ? limit / (2 * Environments) : 0;
}
