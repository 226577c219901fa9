namespace Analytics.Counting.Keys;

/// <summary>The key of an item of the counters' table.</summary>
/// <param name="Partition">The partition key: <c>counter|window|start</c>, for example <c>page_views|day|2026-11-21T00:00Z</c>.</param>
/// <param name="Sort">The sort key: <c>value|shardId</c>, or <c>#…</c> for what only the counting itself needs.</param>
internal readonly record struct ItemKey(string Partition, string Sort);
