using Amazon.DynamoDBv2.Model;

namespace Analytics.Counting.Storage;

/// <summary>The counters table: conditional puts of single items, and consistent reads by key.</summary>
internal interface ICounterTable
{
    /// <summary>Puts an item if a condition holds for the current item with its key.</summary>
    /// <returns>False if the condition does not hold. After an exception it is unknown whether the put took effect.</returns>
    Task<bool> TryPutAsync(Dictionary<string, AttributeValue> item, PutCondition condition, CancellationToken cancellationToken);

    /// <summary>Reads an item consistently, or returns null if there is none.</summary>
    Task<Dictionary<string, AttributeValue>?> GetAsync(ItemKey key, CancellationToken cancellationToken);

    /// <summary>Reads the items of a range consistently, in the order of their sort keys.</summary>
    IAsyncEnumerable<Dictionary<string, AttributeValue>> QueryAsync(KeyRange range, CancellationToken cancellationToken);
}
