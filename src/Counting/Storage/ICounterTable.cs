using Amazon.DynamoDBv2.Model;

namespace Analytics.Counting.Storage;

/// <summary>The counters' table as counting uses it: single items put on condition, and consistent reads by key.</summary>
internal interface ICounterTable
{
    /// <summary>Puts an item if a condition holds of the one that its key has now.</summary>
    /// <returns>False when the condition does not hold. An exception leaves open whether the put took effect.</returns>
    Task<bool> TryPutAsync(Dictionary<string, AttributeValue> item, PutCondition condition, CancellationToken cancellationToken);

    /// <summary>Reads an item, consistently; null when there is none.</summary>
    Task<Dictionary<string, AttributeValue>?> GetAsync(ItemKey key, CancellationToken cancellationToken);

    /// <summary>Reads the items of a range, consistently, in the order of their sort keys.</summary>
    IAsyncEnumerable<Dictionary<string, AttributeValue>> QueryAsync(KeyRange range, CancellationToken cancellationToken);
}
