namespace Analytics.Local.Mapping;

/// <summary>A shard of a stream.</summary>
/// <param name="ShardId">The shard.</param>
/// <param name="ParentShardId">The shard that it was split or merged from, if any.</param>
/// <param name="AdjacentParentShardId">The other shard that it was merged from, if any.</param>
/// <param name="IsClosed">Whether it is closed for writes.</param>
internal readonly record struct ShardInfo(string ShardId, string? ParentShardId, string? AdjacentParentShardId, bool IsClosed)
{
    /// <summary>The hash key range.</summary>
    public HashKeyRange HashKeys { get; init; } = HashKeyRange.All;
}

/// <summary>
/// Determines which shards may be read: those whose parents are finished or no longer listed. Siblings are read concurrently.
/// </summary>
internal sealed class ShardFamily
{
    private readonly Dictionary<string, ShardInfo> _waiting = new(StringComparer.Ordinal);
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly HashSet<string> _finished = new(StringComparer.Ordinal);
    private readonly HashSet<string> _parents = new(StringComparer.Ordinal);

    /// <summary>Adds the stream's shards. Call it with all shards, including known ones.</summary>
    /// <returns>The shards that were not known.</returns>
    public IReadOnlyList<ShardInfo> Add(IReadOnlyList<ShardInfo> listed)
    {
        var added = new List<ShardInfo>();
        foreach (var shard in listed)
        {
            if (_known.Add(shard.ShardId))
            {
                _waiting.Add(shard.ShardId, shard);
                added.Add(shard);
                AddParent(shard.ParentShardId);
                AddParent(shard.AdjacentParentShardId);
            }
        }

        return added;
    }

    /// <summary>Marks a shard as completely settled.</summary>
    public void Finish(string shardId)
    {
        _finished.Add(shardId);
        _waiting.Remove(shardId);
    }

    /// <summary>Returns whether child shards of a shard are known.</summary>
    public bool HasChildren(string shardId) => _parents.Contains(shardId);

    /// <summary>Returns the shards that may be read from now on, each once.</summary>
    public IReadOnlyList<string> TakeReady()
    {
        var ready = _waiting.Values.Where(shard => IsOver(shard.ParentShardId) && IsOver(shard.AdjacentParentShardId))
            .Select(shard => shard.ShardId).Order(StringComparer.Ordinal).ToList();
        foreach (var shardId in ready)
        {
            _waiting.Remove(shardId);
        }

        return ready;
    }

    private bool IsOver(string? parent) => parent is null || !_known.Contains(parent) || _finished.Contains(parent);

    private void AddParent(string? parent)
    {
        if (parent is not null)
        {
            _parents.Add(parent);
        }
    }
}
