using Analytics.Counting.Keys;
using Analytics.Counting.Partials;
using Analytics.Streaming;

namespace Analytics.Counting.Tests;

/// <summary>What goes wrong with a call.</summary>
internal enum Fault
{
    None,
    /// <summary>It has no effect and its caller is told so.</summary>
    Refused,
    /// <summary>It takes effect, but the answer is lost.</summary>
    AnswerLost,
    /// <summary>It takes effect, the answer is lost, and the SDK sends it again.</summary>
    SentTwice,
    /// <summary>The environment ends before it; no further call of it takes effect.</summary>
    EndsBefore,
    /// <summary>The environment ends after it.</summary>
    EndsAfter,
}

/// <summary>
/// The counters' table in memory: the same conditions on the same single items, numbers and sketches kept in the form in which they are stored. Calls
/// of one environment end by faults as they are asked for.
/// </summary>
internal sealed class FakeCounterTable
{
    private readonly Lock _lock = new();

    public Dictionary<ItemKey, Item> Items { get; } = [];

    public Dictionary<ItemKey, HashSet<ulong>> Lists { get; } = [];

    public int PartialWrites;
    public int OtherWrites;
    public int Reads;

    /// <summary>The table as one environment sees it.</summary>
    public ICounterTable For(Func<Fault> fault, Action? ended = null) => new View(this, fault, ended ?? (() => { }));

    public ICounterTable WithoutFaults() => For(() => Fault.None);

    public sealed record Item(StoredPartial Stored, DateTimeOffset Expiry);

    private StoredPartial? Write(PartialWrite write)
    {
        PartialWrites++;
        var stored = Items.TryGetValue(write.Key, out var item) ? item.Stored : StoredPartial.Nothing;
        var holds = write.Condition.Kind switch
        {
            WriteConditionKind.Absent => stored.Watermark is null,
            WriteConditionKind.AbsentOrBelow => stored.Watermark is null || Compare(stored.Watermark.Value, write.Condition.With) < 0,
            _ => stored.Watermark is { } watermark && Compare(watermark, write.Condition.With) == 0,
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

        Items[write.Key] = new Item(Stored(new StoredPartial(partial, write.Watermark)), write.Expiry);
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

        return PartialAttributes.Read(attributes);
    }

    private sealed class View(FakeCounterTable table, Func<Fault> nextFault, Action ended) : ICounterTable
    {
        private bool _hasEnded;

        public Task<StoredPartial?> WriteAsync(PartialWrite write, CancellationToken cancellationToken) => Call(() => table.Write(write));

        public Task<IReadOnlyDictionary<ItemKey, IReadOnlyCollection<ulong>>> ReadValuesAsync(
            IReadOnlyCollection<ItemKey> lists, CancellationToken cancellationToken) =>
            Call<IReadOnlyDictionary<ItemKey, IReadOnlyCollection<ulong>>>(() =>
            {
                table.Reads++;
                return lists.Where(table.Lists.ContainsKey).ToDictionary(list => list, list => (IReadOnlyCollection<ulong>)[.. table.Lists[list]]);
            });

        public Task<IReadOnlyCollection<string>> ReadPartialsAsync(string partitionKey, CancellationToken cancellationToken) =>
            Call<IReadOnlyCollection<string>>(() =>
            {
                table.Reads++;
                return [.. table.Items.Keys.Where(key => key.Partition == partitionKey).Select(key => key.Sort)];
            });

        public Task AddValuesAsync(ItemKey list, IReadOnlyCollection<ulong> values, DateTimeOffset expiry, CancellationToken cancellationToken) =>
            Call(() =>
            {
                table.OtherWrites++;
                List(list).UnionWith(values);
                return true;
            });

        public Task<IReadOnlyCollection<ulong>> TryAddSharedValuesAsync(
            ItemKey part, IReadOnlyCollection<ulong> values, int capacity, DateTimeOffset expiry, CancellationToken cancellationToken) =>
            Call<IReadOnlyCollection<ulong>>(() =>
            {
                table.OtherWrites++;
                var list = List(part);
                if (list.Count <= capacity - values.Count)
                {
                    list.UnionWith(values);
                }

                return [.. list];
            });

        private HashSet<ulong> List(ItemKey key)
        {
            if (!table.Lists.TryGetValue(key, out var list))
            {
                list = [];
                table.Lists.Add(key, list);
            }

            return list;
        }

        private Task<T> Call<T>(Func<T> effect)
        {
            lock (table._lock)
            {
                var fault = _hasEnded ? Fault.EndsBefore : nextFault();
                if (fault is Fault.EndsBefore or Fault.EndsAfter)
                {
                    _hasEnded = true;
                    ended();
                }

                var result = fault is Fault.Refused or Fault.EndsBefore ? default : effect();
                result = fault == Fault.SentTwice ? effect() : result;
                return fault is Fault.None or Fault.SentTwice ? Task.FromResult(result!) : Task.FromException<T>(new TimeoutException(fault.ToString()));
            }
        }
    }
}
