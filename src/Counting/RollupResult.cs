namespace Analytics.Counting;

/// <summary>The result of a run of the rollup.</summary>
/// <param name="Generations">Number of completed generations.</param>
/// <param name="Links">Number of links read.</param>
/// <param name="Windows">Number of windows written.</param>
/// <param name="Items">Number of items written.</param>
/// <param name="Through">The arrival time up to which all shards' records are rolled up, or null before the first.</param>
public readonly record struct RollupResult(int Generations, int Links, int Windows, int Items, DateTimeOffset? Through);
