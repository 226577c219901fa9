using Analytics.Counting.Keys;
using Analytics.Counting.Partials;
using Analytics.Streaming;

namespace Analytics.Counting.Tests;

/// <summary>
/// The counters' table in memory: the same conditions on the same single items, numbers and sketches kept in the form in which they are stored.
/// </summary>
internal sealed class FakeCounterTable : ICounterTable
{
    private readonly Lock _lock = new();

    public Dictionary<ItemKey, StoredPartial> Items { get; } = [];

    public Dictionary<ItemKey, HashSet<ulong>> Lists { get; } = [];

    public int PartialWrites { get; private set; }

    public int OtherWrites { get; private set; }

    public int Reads { get; private set; }

    public Task<StoredPartial?> WriteAsync(PartialWrite write, CancellationToken cancellationToken) => Call(cancellationToken, () => Write(write));

    public Task<IReadOnlyDictionary<ItemKey, IReadOnlyCollection<ulong>>> ReadValuesAsync(
        IReadOnlyCollection<ItemKey> lists, CancellationToken cancellationToken) =>
        Call<IReadOnlyDictionary<ItemKey, IReadOnlyCollection<ulong>>>(cancellationToken, () =>
        {
            Reads++;
            return lists.Where(Lists.ContainsKey).ToDictionary(list => list, list => (IReadOnlyCollection<ulong>)[.. Lists[list]]);
        });

    public Task<IReadOnlyCollection<string>> ReadPartialsAsync(string partitionKey, CancellationToken cancellationToken) =>
        Call<IReadOnlyCollection<string>>(cancellationToken, () =>
        {
            Reads++;
            return [.. Items.Keys.Where(key => key.Partition == partitionKey).Select(key => key.Sort)];
        });

    public Task<IReadOnlyList<IReadOnlyCollection<ulong>>> ReadSharedValuesAsync(ItemKey first, CancellationToken cancellationToken) =>
        Call<IReadOnlyList<IReadOnlyCollection<ulong>>>(cancellationToken, () =>
        {
            Reads++;
            return
            [
                .. Lists
                    .Where(list => list.Key.Partition == first.Partition
                        && string.CompareOrdinal(list.Key.Sort, first.Sort) >= 0
                        && string.CompareOrdinal(list.Key.Sort, CounterKeys.AfterSharedValues) <= 0)
                    .OrderBy(list => list.Key.Sort, StringComparer.Ordinal)
                    .Select(list => (IReadOnlyCollection<ulong>)[.. list.Value]),
            ];
        });

    public Task AddValuesAsync(ItemKey list, IReadOnlyCollection<ulong> values, DateTimeOffset expiry, CancellationToken cancellationToken) =>
        Call(cancellationToken, () =>
        {
            OtherWrites++;
            List(list).UnionWith(values);
            return true;
        });

    public Task<IReadOnlyCollection<ulong>> TryAddSharedValuesAsync(
        ItemKey part, IReadOnlyCollection<ulong> values, int capacity, DateTimeOffset expiry, CancellationToken cancellationToken) =>
        Call<IReadOnlyCollection<ulong>>(cancellationToken, () =>
        {
            OtherWrites++;
            var list = List(part);
            if (list.Count <= capacity - values.Count)
            {
                list.UnionWith(values);
            }

            return [.. list];
        });

    private Task<T> Call<T>(CancellationToken cancellationToken, Func<T> effect)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancellationToken);
        }

        lock (_lock)
        {
            return Task.FromResult(effect());
        }
    }

    private HashSet<ulong> List(ItemKey key)
    {
        if (!Lists.TryGetValue(key, out var list))
        {
            list = [];
            Lists.Add(key, list);
        }

        return list;
    }

    private StoredPartial? Write(PartialWrite write)
    {
        PartialWrites++;
        var stored = Items.TryGetValue(write.Key, out var item) ? item : StoredPartial.Nothing;
        var holds = write.Condition.Kind switch
        {
            WriteConditionKind.Absent => stored.Watermark is null,
            WriteConditionKind.AbsentOrBelow => stored.Watermark is null || Compare(stored.Watermark.Value, write.Condition.With) < 0,
            _ => stored.Watermark is { } watermark && Compare(watermark, write.Condition.With) == 0 && stored.Revision == write.Condition.Revision,
        };
        if (!holds)
        {
            return Stored(stored);
        }

        var partial = write.Partial.Copy();
        if (write.IsAddition)
        {
            partial = stored.Partial.Copy();
            partial.Count += write.Partial.Count;
            partial.Sum = write.Partial.Sum is { } sum ? (partial.Sum ?? default) + sum : partial.Sum;
            (partial.Last, partial.LastAt) = write.Partial.Last is null ? (partial.Last, partial.LastAt) : (write.Partial.Last, write.Partial.LastAt);
        }

        Items[write.Key] = Stored(new StoredPartial(partial, write.Watermark, write.Revision ?? stored.Revision));
        return null;
    }

    private static int Compare(SequenceNumber left, SequenceNumber right) =>
        string.CompareOrdinal(left.ToSortableString(), right.ToSortableString());

    /// <summary>As it comes back from the table: through its attributes.</summary>
    private static StoredPartial Stored(StoredPartial stored)
    {
        if (stored.Watermark is null)
        {
            return StoredPartial.Nothing;
        }

        var attributes = PartialAttributes.StateOf(stored.Partial).ToDictionary(attribute => attribute.Name, attribute => attribute.Value);
        attributes.Add(PartialAttributes.Watermark, new() { S = stored.Watermark.Value.ToSortableString() });
        attributes.Add(PartialAttributes.Count, PartialAttributes.Number(stored.Partial.Count));
        if (stored.Partial.Sum is { } sum)
        {
            attributes.Add(PartialAttributes.Sum, new() { N = sum.NanosText() });
            attributes.Add(PartialAttributes.SumRest, new() { N = sum.RestText() });
        }

        if (stored.Revision > 0)
        {
            attributes.Add(PartialAttributes.Revision, PartialAttributes.Number(stored.Revision));
        }

        return PartialAttributes.Read(attributes);
    }
}
