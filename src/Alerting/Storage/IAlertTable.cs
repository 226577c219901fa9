using Amazon.DynamoDBv2.Model;
using Analytics.Tables;

namespace Analytics.Alerting.Storage;

/// <summary>The items of alerts in the counters table: reads are consistent, and single writes are conditional.</summary>
internal interface IAlertTable
{
    /// <summary>Reads items by key; missing ones are omitted.</summary>
    Task<(IReadOnlyCollection<Dictionary<string, AttributeValue>> Items, TableFailures Failures)> GetAsync(
        IReadOnlyList<Dictionary<string, AttributeValue>> keys, CancellationToken cancellationToken);

    /// <summary>Reads a partition's items with sort keys above one, in ascending or descending order.</summary>
    /// <param name="partition">The partition key.</param>
    /// <param name="after">The exclusive lower bound of sort keys; empty for all.</param>
    /// <param name="descending">Whether to read in descending order.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    IAsyncEnumerable<Dictionary<string, AttributeValue>> QueryAsync(string partition, string after, bool descending, CancellationToken cancellationToken);

    /// <summary>Writes items unconditionally.</summary>
    Task<TableFailures> PutAsync(IReadOnlyList<Dictionary<string, AttributeValue>> items, CancellationToken cancellationToken);

    /// <summary>Writes an item on condition that the stored one has a version, or that there is none.</summary>
    /// <param name="item">The item, with its key.</param>
    /// <param name="version">The <see cref="AlertItems.Version"/> of the stored item, or null if there is none.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>False if the condition does not hold, possibly because of this write itself, if its first reply was lost.</returns>
    Task<bool> TryPutAsync(Dictionary<string, AttributeValue> item, long? version, CancellationToken cancellationToken);
}
