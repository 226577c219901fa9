namespace Analytics.Counting.RollingUp;

/// <summary>The links of a shard that a generation takes.</summary>
/// <param name="From">The key of the position that generations before reach.</param>
/// <param name="To">The key of the position that the generation reaches; the same when the shard has nothing new.</param>
/// <param name="Kept">When the chain's last link was written, or kept for longer.</param>
internal readonly record struct ShardProgress(string From, string To, DateTimeOffset Kept);
