using Analytics.Counting.Keys;
using Analytics.Counting.Partials;
using Analytics.Streaming;

namespace Analytics.Counting.Auditing;

/// <summary>What one shard has in the table.</summary>
internal sealed class ShardPartials
{
    /// <summary>Its partials.</summary>
    public Dictionary<ItemKey, StoredPartial> Partials { get; } = [];

    /// <summary>The highest watermark of any: the function has come so far at the least.</summary>
    public SequenceNumber? Counted { get; private set; }

    public void Add(ItemKey key, StoredPartial stored)
    {
        Partials.Add(key, stored);
        Reach(stored.Watermark!.Value);
    }

    /// <summary>Takes records up to there for counted.</summary>
    public void Reach(SequenceNumber sequenceNumber) =>
        Counted = Counted is { } counted && counted >= sequenceNumber ? counted : sequenceNumber;
}
