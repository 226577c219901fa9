using System.Globalization;
using Amazon.DynamoDBv2.Model;
using Analytics.Counting.Storage;

namespace Analytics.Counting.Tests;

/// <summary>The counters table in memory, with the same conditions.</summary>
internal sealed class FakeCounterTable : ICounterTable
{
    private readonly SortedDictionary<string, SortedDictionary<string, Dictionary<string, AttributeValue>>> _partitions = new(StringComparer.Ordinal);

    /// <summary>Conditions that are not checked, to show that tests fail without them.</summary>
    public Func<ItemKey, PutCondition, bool> Ignores { get; init; } = (_, _) => false;

    public int Puts { get; private set; }

    public int Reads { get; private set; }

    public IEnumerable<Dictionary<string, AttributeValue>> Items => _partitions.Values.SelectMany(partition => partition.Values).Select(Copy);

    public Task<bool> TryPutAsync(Dictionary<string, AttributeValue> item, PutCondition condition, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Puts++;
        Assert.InRange(ItemSize.Compute(item), 1, ItemSize.Max);
        var key = Attributes.GetKey(item);
        if (!Ignores(key, condition) && !Holds(condition, Find(key)))
        {
            return Task.FromResult(false);
        }

        Put(item);
        return Task.FromResult(true);
    }

    public Task<Dictionary<string, AttributeValue>?> GetAsync(ItemKey key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Reads++;
        return Task.FromResult(Find(key) is { } item ? Copy(item) : null);
    }

    public async IAsyncEnumerable<Dictionary<string, AttributeValue>> QueryAsync(
        KeyRange range, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Reads++;
        var items = _partitions.GetValueOrDefault(range.Partition)?
            .Where(item => (range.From is null || string.CompareOrdinal(item.Key, range.From) >= 0) && (range.To is null || string.CompareOrdinal(item.Key, range.To) <= 0))
            .Select(item => item.Value) ?? [];
        items = range.IsBackwards ? items.Reverse() : items;
        foreach (var item in items.Take(range.Limit ?? int.MaxValue).Select(Copy).ToList())
        {
            yield return item;
        }

        await Task.CompletedTask;
    }

    /// <summary>Some items after a key, in the order of their keys.</summary>
    public List<Dictionary<string, AttributeValue>> Scan(ItemKey after, int count) =>
    [
        .. _partitions.SkipWhile(partition => string.CompareOrdinal(partition.Key, after.Partition) < 0)
            .SelectMany(partition => partition.Value.Where(item => partition.Key != after.Partition || string.CompareOrdinal(item.Key, after.Sort) > 0))
            .Take(count).Select(item => Copy(item.Value)),
    ];

    /// <summary>Puts an item unconditionally.</summary>
    public void Put(Dictionary<string, AttributeValue> item)
    {
        var key = Attributes.GetKey(item);
        if (!_partitions.TryGetValue(key.Partition, out var partition))
        {
            _partitions.Add(key.Partition, partition = new(StringComparer.Ordinal));
        }

        partition[key.Sort] = Copy(item);
    }

    public void Remove(ItemKey key) => _partitions[key.Partition].Remove(key.Sort);

    /// <summary>Removes expired items, as DynamoDB does some time after their expiry.</summary>
    public void Expire(DateTimeOffset now)
    {
        foreach (var item in Items.Where(item => item.ContainsKey(Attributes.Expiry) && Attributes.GetNumber(item, Attributes.Expiry) < now.ToUnixTimeSeconds()).ToList())
        {
            Remove(Attributes.GetKey(item));
        }
    }

    private Dictionary<string, AttributeValue>? Find(ItemKey key) => _partitions.GetValueOrDefault(key.Partition)?.GetValueOrDefault(key.Sort);

    private static bool Holds(PutCondition condition, Dictionary<string, AttributeValue>? item) => condition.Kind switch
    {
        PutConditionKind.None => true,
        PutConditionKind.Absent => item is null,
        PutConditionKind.GenerationBelow => item is null || Attributes.GetNumber(item, Attributes.Generation) < condition.Generation,
        PutConditionKind.DoneWith => Is(item, condition.Generation, Attributes.Done),
        _ => Is(item, condition.Generation, Attributes.Planned),
    };

    private static bool Is(Dictionary<string, AttributeValue>? item, long generation, string state) =>
        item is not null && Attributes.GetNumber(item, Attributes.Generation) == generation && Attributes.GetText(item, Attributes.State) == state;

    private static Dictionary<string, AttributeValue> Copy(Dictionary<string, AttributeValue> item) =>
        item.ToDictionary(attribute => attribute.Key, attribute => Copy(attribute.Value));

    private static AttributeValue Copy(AttributeValue value) =>
        value.S is not null ? new AttributeValue { S = value.S }
        : value.N is not null ? new AttributeValue { N = decimal.Parse(value.N, NumberStyles.Float, CultureInfo.InvariantCulture) is var number && value.N.Length < 28 ? number.ToString(CultureInfo.InvariantCulture) : value.N }
        : value.B is not null ? Attributes.Binary(value.B.ToArray())
        : value.BOOL is not null ? new AttributeValue { BOOL = value.BOOL }
        : value.SS is { Count: > 0 } ? new AttributeValue { SS = [.. value.SS] }
        : value.L is not null ? new AttributeValue { L = [.. value.L.Select(Copy)] }
        : new AttributeValue { M = Copy(value.M) };
}
