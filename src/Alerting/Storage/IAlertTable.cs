using Amazon.DynamoDBv2.Model;
using Analytics.Tables;

namespace Analytics.Alerting.Storage;

/// <summary>The items of alerts in the counters' table: reads are consistent, and single writes are conditional.</summary>
internal interface IAlertTable
{
    /// <summary>Reads items by key; those that do not exist are left out.</summary>
    Task<(IReadOnlyCollection<Dictionary<string, AttributeValue>> Items, TableFailures Failures)> GetAsync(
        IReadOnlyList<Dictionary<string, AttributeValue>> keys, CancellationToken cancellationToken);

    /// <summary>Reads a partition's items with sort keys above one, in ascending or descending order.</summary>
    /// <param name="partition">The partition key.</param>
    /// <param name="after">The sort key that the items come after; empty for all.</param>
    /// <param name="descending">Whether the last come first.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    IAsyncEnumerable<Dictionary<string, AttributeValue>> QueryAsync(string partition, string after, bool descending, CancellationToken cancellationToken);

    /// <summary>Writes items unconditionally.</summary>
    Task<TableFailures> PutAsync(IReadOnlyList<Dictionary<string, AttributeValue>> items, CancellationToken cancellationToken);

    /// <summary>Writes an item on condition that the stored one has a version, or that there is none.</summary>
    /// <param name="item">The item, with its key.</param>
    /// <param name="version">The <see cref="AlertItems.Version"/> that the stored item has; null when there is none.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>False when the condition does not hold. It may also be this very write that made it so, when the first reply was lost.</returns>
    Task<bool> TryPutAsync(Dictionary<string, AttributeValue> item, long? version, CancellationToken cancellationToken);
}
