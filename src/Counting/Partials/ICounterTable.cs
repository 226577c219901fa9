using Analytics.Counting.Keys;
using Analytics.Streaming;

namespace Analytics.Counting.Partials;

/// <summary>The counters' table, as counting uses it: single items and conditional writes. Each call throws when its outcome is not known.</summary>
internal interface ICounterTable
{
    /// <summary>Writes a partial if its condition holds.</summary>
    /// <returns>Null when it was written; otherwise the partial as it stands, or <see cref="StoredPartial.Nothing"/>.</returns>
    Task<StoredPartial?> WriteAsync(PartialWrite write, CancellationToken cancellationToken);

    /// <summary>Reads shards' own lists of values, consistently.</summary>
    /// <returns>Those that exist, as fingerprints.</returns>
    Task<IReadOnlyDictionary<ItemKey, IReadOnlyCollection<ulong>>> ReadValuesAsync(
        IReadOnlyCollection<ItemKey> lists, CancellationToken cancellationToken);

    /// <summary>Reads the sort keys of all partials under a partition key, consistently.</summary>
    Task<IReadOnlyCollection<string>> ReadPartialsAsync(string partitionKey, CancellationToken cancellationToken);

    /// <summary>Makes a shard's own list, or adds to it.</summary>
    Task AddValuesAsync(ItemKey list, IReadOnlyCollection<ulong> values, DateTimeOffset expiry, CancellationToken cancellationToken);

    /// <summary>Reads the parts of a shared list from one on, consistently and in order.</summary>
    Task<IReadOnlyList<IReadOnlyCollection<ulong>>> ReadSharedValuesAsync(ItemKey first, CancellationToken cancellationToken);

    /// <summary>Adds values to a part of the shared list if it then holds no more than its capacity.</summary>
    /// <returns>The whole part as it stands, with the values or without.</returns>
    Task<IReadOnlyCollection<ulong>> TryAddSharedValuesAsync(
        ItemKey part, IReadOnlyCollection<ulong> values, int capacity, DateTimeOffset expiry, CancellationToken cancellationToken);
}

/// <summary>A write of one partial, in one conditional call.</summary>
internal sealed record PartialWrite
{
    public required ItemKey Key { get; init; }

    /// <summary>When it may be done.</summary>
    public required WriteCondition Condition { get; init; }

    /// <summary>What is written: added to what stands there, or put in its place.</summary>
    public required Partial Partial { get; init; }

    /// <summary>Whether <see cref="Partial"/> is added; otherwise it takes the place of what stands there.</summary>
    public required bool IsAddition { get; init; }

    /// <summary>The highest sequence number that the partial then contains.</summary>
    public required SequenceNumber Watermark { get; init; }

    /// <summary>The revision that a repair gives the partial; null for what the function counts, which leaves it as it is.</summary>
    public long? Revision { get; init; }

    public required DateTimeOffset Expiry { get; init; }
}

/// <summary>What must hold of a partial's watermark for a write: that there is none, or that it is what, or below what, it is compared with.</summary>
/// <param name="Kind">How it is compared.</param>
/// <param name="With">What it is compared with.</param>
/// <param name="Revision">For <see cref="WriteConditionKind.Is"/> also the partial's revision.</param>
internal readonly record struct WriteCondition(WriteConditionKind Kind, SequenceNumber With, long Revision = 0)
{
    public static WriteCondition Absent => new(WriteConditionKind.Absent, default);

    public static WriteCondition AbsentOrBelow(SequenceNumber first) => new(WriteConditionKind.AbsentOrBelow, first);

    public static WriteCondition Is(SequenceNumber watermark, long revision) => new(WriteConditionKind.Is, watermark, revision);
}

/// <summary>See <see cref="WriteCondition"/>.</summary>
internal enum WriteConditionKind
{
    /// <summary>There is no partial.</summary>
    Absent,
    /// <summary>There is none, or its watermark is below.</summary>
    AbsentOrBelow,
    /// <summary>Its watermark and its revision are just those.</summary>
    Is,
}

/// <summary>A partial as it stands in the table.</summary>
/// <param name="Partial">What it holds.</param>
/// <param name="Watermark">The highest sequence number that it contains; null when there is no partial.</param>
/// <param name="Revision">How often it was repaired: a repair leaves the watermark, and what was known of the partial before is no longer true.</param>
internal sealed record StoredPartial(Partial Partial, SequenceNumber? Watermark, long Revision = 0)
{
    public static StoredPartial Nothing { get; } = new(new Partial(), null);
}
