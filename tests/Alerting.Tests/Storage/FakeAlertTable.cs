using Amazon.DynamoDBv2.Model;
using Analytics.Alerting.Storage;
using Analytics.Tables;

namespace Analytics.Alerting.Tests;

/// <summary>The table in memory, with the same conditions; parts of the protocol can be omitted to show that tests then fail.</summary>
internal sealed class FakeAlertTable : IAlertTable
{
    /// <summary>The items, by partition and sort key.</summary>
    public SortedDictionary<(string Partition, string Sort), Dictionary<string, AttributeValue>> Items { get; } =
        new(Comparer<(string Partition, string Sort)>.Create((left, right) =>
            string.CompareOrdinal(left.Partition, right.Partition) is var partition and not 0 ? partition : string.CompareOrdinal(left.Sort, right.Sort)));

    /// <summary>Partitions whose writes ignore their conditions; none by default.</summary>
    public Func<string, bool> IgnoresConditions { get; init; } = _ => false;

    /// <summary>Partitions in which another writer is always faster; none by default.</summary>
    public Func<string, bool> Refuses { get; set; } = _ => false;

    /// <summary>Partitions that look empty to lookups by key; none by default.</summary>
    public Func<string, bool> Hides { get; init; } = _ => false;

    /// <summary>Changes items before they are written on condition; nothing by default.</summary>
    public Action<Dictionary<string, AttributeValue>> Alters { get; init; } = _ => { };

    /// <summary>Sees each item that was written on condition.</summary>
    public Action<Dictionary<string, AttributeValue>> Written { get; set; } = _ => { };

    /// <summary>The calls, as a bill would count them.</summary>
    public List<string> Calls { get; } = [];

    /// <summary>Returns a table on which the lease has no effect.</summary>
    public static FakeAlertTable WithoutLease() => new() { Hides = IsIn("lease"), IgnoresConditions = IsIn("lease") };

    /// <summary>Returns a table on which the marks of sent alerts have no effect.</summary>
    public static FakeAlertTable WithoutMarks() => new() { Hides = IsIn("sent") };

    /// <summary>Returns a table on which the conditions of some partitions have no effect.</summary>
    /// <param name="kind">The partitions, such as <c>ledger</c>.</param>
    public static FakeAlertTable WithoutConditions(string kind) => new() { IgnoresConditions = IsIn(kind) };

    private static Func<string, bool> IsIn(string kind) => partition => partition.StartsWith($"alert|{kind}|", StringComparison.Ordinal);

    public Task<(IReadOnlyCollection<Dictionary<string, AttributeValue>> Items, TableFailures Failures)> GetAsync(
        IReadOnlyList<Dictionary<string, AttributeValue>> keys, CancellationToken cancellationToken)
    {
        Calls.Add("get");
        IReadOnlyCollection<Dictionary<string, AttributeValue>> found = [.. keys.Where(key => Items.ContainsKey(GetKey(key)) && !Hides(GetKey(key).Partition)).Select(key => Items[GetKey(key)])];
        return Task.FromResult((found, TableFailures.None));
    }

    public async IAsyncEnumerable<Dictionary<string, AttributeValue>> QueryAsync(
        string partition, string after, bool descending, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Calls.Add("query");
        await Task.CompletedTask;
        List<Dictionary<string, AttributeValue>> found =
            [.. Items.Where(item => item.Key.Partition == partition && string.CompareOrdinal(item.Key.Sort, after) > 0).Select(item => item.Value)];
        if (descending)
        {
            found.Reverse();
        }

        foreach (var item in found)
        {
            yield return item;
        }
    }

    public Task<TableFailures> PutAsync(IReadOnlyList<Dictionary<string, AttributeValue>> items, CancellationToken cancellationToken)
    {
        Calls.Add("put");
        foreach (var item in items)
        {
            Items[GetKey(item)] = item;
        }

        return Task.FromResult(TableFailures.None);
    }

    public Task<bool> TryPutAsync(Dictionary<string, AttributeValue> item, long? version, CancellationToken cancellationToken)
    {
        Calls.Add("put");
        if (Refuses(GetKey(item).Partition))
        {
            return Task.FromResult(false);
        }

        long? stored = Items.TryGetValue(GetKey(item), out var existing) ? existing.TryGetValue(AlertItems.Version, out var value) ? AlertItems.Number(value) : -1 : null;
        if (stored != version && !IgnoresConditions(GetKey(item).Partition))
        {
            return Task.FromResult(false);
        }

        Alters(item);
        Items[GetKey(item)] = item;
        Written(item);
        return Task.FromResult(true);
    }

    private static (string Partition, string Sort) GetKey(Dictionary<string, AttributeValue> item) => (item[AlertItems.Partition].S, item[AlertItems.Sort].S);
}
