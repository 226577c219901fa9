using Analytics.Counting.Folding;
using Analytics.Counting.Keys;
using Analytics.Counting.Partials;

namespace Analytics.Counting.Auditing;

/// <summary>A partial that is not what it should be.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Cell">What the records come to; null when none belongs to it, or when it is that of <see cref="ValueText.Other"/>.</param>
/// <param name="Should">What it should hold; null for nothing.</param>
/// <param name="Stored">What it holds.</param>
/// <param name="Differences">What differs.</param>
internal sealed record ShardFinding(ItemKey Key, Cell? Cell, Partial? Should, StoredPartial Stored, IReadOnlyList<CounterDifference> Differences);
