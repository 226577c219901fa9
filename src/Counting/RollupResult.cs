namespace Analytics.Counting;

/// <summary>What a run of the roll-up did.</summary>
/// <param name="Generations">The generations that it finished.</param>
/// <param name="Links">The links that it took.</param>
/// <param name="Windows">The windows that it wrote.</param>
/// <param name="Items">The items of those windows.</param>
/// <param name="Through">The arrival time up to which all shards' records are rolled up; null before the first.</param>
public readonly record struct RollupResult(int Generations, int Links, int Windows, int Items, DateTimeOffset? Through);
