using System.Collections.Concurrent;
using Amazon.DynamoDBv2.Model;
using Analytics.Counting.Keys;
using Analytics.Counting.Storage;
using Analytics.Events.Definitions;

namespace Analytics.Counting;

/// <summary>The definitions that links were computed with, stored in the table by content hash, so that they never change.</summary>
/// <param name="table">The table.</param>
internal sealed class StoredDefinitions(ICounterTable table)
{
    private const string JsonName = "json";

    private readonly ConcurrentDictionary<string, CounterSet> _sets = new(StringComparer.Ordinal);

    public static Dictionary<string, AttributeValue> ToItem(CounterSet set)
    {
        var item = Attributes.Item(new ItemKey(CounterKeys.Definitions, set.Hash));
        item.Add(JsonName, Attributes.Text(set.Json));
        return item;
    }

    /// <summary>Reads definitions by their hash.</summary>
    /// <exception cref="CounterTableException">The definitions are missing or damaged.</exception>
    public async ValueTask<CounterSet> GetAsync(string hash, CancellationToken cancellationToken)
    {
        if (_sets.TryGetValue(hash, out var known))
        {
            return known;
        }

        var item = await table.GetAsync(new ItemKey(CounterKeys.Definitions, hash), cancellationToken).ConfigureAwait(false)
            ?? throw Invalid(hash, "is missing");
        try
        {
            var set = CounterSet.Parse(Attributes.GetText(item, JsonName));
            return set.Hash == hash ? _sets.GetOrAdd(hash, set) : throw Invalid(hash, $"has definitions of the hash {set.Hash}");
        }
        catch (Exception exception) when (exception is FormatException or DefinitionsException)
        {
            throw Invalid(hash, $"is damaged: {exception.Message}");
        }
    }

    private static CounterTableException Invalid(string hash, string what) =>
        new($"Item {CounterKeys.Definitions}, {hash} of the counters table {what}. Deploy the function Counters with the definitions that it had, which puts it again.");
}
