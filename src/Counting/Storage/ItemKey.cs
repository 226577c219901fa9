namespace Analytics.Counting.Storage;

/// <summary>The key of an item in the counters table.</summary>
/// <param name="Partition">The partition key.</param>
/// <param name="Sort">The sort key.</param>
internal readonly record struct ItemKey(string Partition, string Sort);
