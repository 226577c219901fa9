namespace Analytics.Counting.Committing;

/// <summary>What an environment knows of the values that a counter's window admits.</summary>
internal sealed class AdmittedValues
{
    /// <summary>What a window and a shard take by themselves, in values.</summary>
    private const int GroupSize = 16;
    private const int ShardSize = 8;

    private readonly HashSet<ulong> _shared = [];
    private readonly HashSet<ulong> _own = [];
    private readonly Dictionary<string, ShardValues> _shards = new(StringComparer.Ordinal);

    /// <summary>Whether the environment may admit values on its own; null as long as that is not known.</summary>
    public bool? HasAllowance { get; set; }

    /// <summary>The part of the shared list that may have room; those before it are full, and so never change again.</summary>
    public int Part { get; private set; }

    /// <summary>How many values that part is known to hold.</summary>
    public int InPart { get; private set; }

    /// <summary>The batch that needed it last.</summary>
    public long LastUsed { get; set; }

    /// <summary>How many values it holds, for the bound of the memory that may take.</summary>
    public int Size => GroupSize + _shared.Count + _own.Count + _shards.Values.Sum(shard => ShardSize + shard.Values.Count);

    public ShardValues Of(string shardId)
    {
        if (!_shards.TryGetValue(shardId, out var shard))
        {
            shard = new ShardValues();
            _shards.Add(shardId, shard);
        }

        return shard;
    }

    public bool Contains(string shardId, ulong value) => Of(shardId).Values.Contains(value) || _shared.Contains(value);

    /// <summary>Admits values within the environment's own allowance; none of them when they exceed it.</summary>
    public bool TryAdmit(IReadOnlyCollection<ulong> values, int allowance)
    {
        if (_own.Count + values.Count(value => !_own.Contains(value)) > allowance)
        {
            return false;
        }

        _own.UnionWith(values);
        return true;
    }

    /// <summary>Takes what a part of the shared list was found to hold.</summary>
    public void Learn(int part, IReadOnlyCollection<ulong> values, int capacity)
    {
        _shared.UnionWith(values);
        (Part, InPart) = values.Count >= capacity ? (part + 1, 0) : (part, values.Count);
    }

    public bool IsShared(ulong value) => _shared.Contains(value);
}

/// <summary>What an environment knows of the values that one shard has in a counter's window.</summary>
internal sealed class ShardValues
{
    /// <summary>
    /// Whether no environment admits values of this shard on its own any more: its list is in the table. From then on what is admitted and what is not never
    /// changes.
    /// </summary>
    public bool IsClosed { get; set; }

    /// <summary>The values that are known to have a partial; once it is closed, those of its list.</summary>
    public HashSet<ulong> Values { get; } = [];
}
