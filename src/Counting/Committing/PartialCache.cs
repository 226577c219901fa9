using Analytics.Counting.Keys;
using Analytics.Counting.Partials;

namespace Analytics.Counting.Committing;

/// <summary>
/// The partials that cannot be added to without knowing them, as this environment last saw them. A partial's shard has one writer at a time,
/// so that is nearly always how they stand; the condition of the write tells when not.
/// </summary>
internal sealed class PartialCache
{
    private const int MaxSize = 32 * 1024 * 1024;
    private const int EntrySize = 300;

    private readonly Dictionary<ItemKey, (StoredPartial Stored, int Size, long LastUsed)> _partials = [];
    private long _uses;
    private long _size;

    public StoredPartial? Find(ItemKey key)
    {
        if (!_partials.TryGetValue(key, out var entry))
        {
            return null;
        }

        _partials[key] = entry with { LastUsed = ++_uses };
        return entry.Stored;
    }

    public void Keep(ItemKey key, StoredPartial stored)
    {
        Remove(key);
        var size = EntrySize + stored.Partial.Size;
        _partials.Add(key, (stored, size, ++_uses));
        _size += size;
        if (_size > MaxSize)
        {
            foreach (var (old, _) in _partials.OrderBy(entry => entry.Value.LastUsed).Take((_partials.Count + 1) / 2).ToList())
            {
                Remove(old);
            }
        }
    }

    public void Remove(ItemKey key)
    {
        if (_partials.Remove(key, out var entry))
        {
            _size -= entry.Size;
        }
    }
}
