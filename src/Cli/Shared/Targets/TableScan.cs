using System.Runtime.CompilerServices;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Analytics.Cli.Shared.Targets;

/// <summary>Reads all items of a table.</summary>
internal static class TableScan
{
    /// <summary>Reads the items, in no particular order.</summary>
    public static async IAsyncEnumerable<Dictionary<string, AttributeValue>> ReadAsync(
        IAmazonDynamoDB client, string table, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Dictionary<string, AttributeValue>? next = null;
        do
        {
            var page = await client.ScanAsync(new ScanRequest { TableName = table, ExclusiveStartKey = next, ConsistentRead = true }, cancellationToken);
            foreach (var item in page.Items ?? [])
            {
                yield return item;
            }

            next = page.LastEvaluatedKey is { Count: > 0 } key ? key : null;
        }
        while (next is not null);
    }
}
