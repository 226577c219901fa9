using System.Runtime.CompilerServices;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Analytics.Tables;

namespace Analytics.Alerting.Storage;

/// <summary>The alert items in DynamoDB.</summary>
internal sealed class AlertTable(IAmazonDynamoDB dynamoDb, string table, TimeProvider clock, Random random) : IAlertTable
{
    private readonly TableBatches _batches = new(dynamoDb, table, AlertItems.Partition, AlertItems.Sort, clock, random);

    public Task<(IReadOnlyCollection<Dictionary<string, AttributeValue>> Items, TableFailures Failures)> GetAsync(
        IReadOnlyList<Dictionary<string, AttributeValue>> keys, CancellationToken cancellationToken) => _batches.GetAsync(keys, cancellationToken);

    public Task<TableFailures> PutAsync(IReadOnlyList<Dictionary<string, AttributeValue>> items, CancellationToken cancellationToken) =>
        _batches.PutAsync(items, cancellationToken);

    public async IAsyncEnumerable<Dictionary<string, AttributeValue>> QueryAsync(
        string partition, string after, bool descending, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Dictionary<string, AttributeValue>? next = null;
        do
        {
            var request = new QueryRequest
            {
                TableName = table,
                ConsistentRead = true,
                ScanIndexForward = !descending,
                ExclusiveStartKey = next,
                KeyConditionExpression = after.Length == 0 ? "pk = :pk" : "pk = :pk AND sk > :after",
                ExpressionAttributeValues = new() { [":pk"] = AlertItems.Text(partition) },
            };
            if (after.Length > 0)
            {
                request.ExpressionAttributeValues.Add(":after", AlertItems.Text(after));
            }

            if (descending)
            {
                // A descending read usually needs only the last item.
                request.Limit = next is null ? FirstPage : null;
            }

            var page = await dynamoDb.QueryAsync(request, cancellationToken).ConfigureAwait(false);
            foreach (var item in page.Items ?? [])
            {
                yield return item;
            }

            next = page.LastEvaluatedKey is { Count: > 0 } key ? key : null;
        }
        while (next is not null);
    }

    public async Task<bool> TryPutAsync(Dictionary<string, AttributeValue> item, long? version, CancellationToken cancellationToken)
    {
        var request = new PutItemRequest { TableName = table, Item = item };
        if (version is { } expected)
        {
            request.ConditionExpression = "version = :version";
            request.ExpressionAttributeValues = new() { [":version"] = AlertItems.Number(expected) };
        }
        else
        {
            request.ConditionExpression = "attribute_not_exists(pk)";
        }

        try
        {
            _ = await dynamoDb.PutItemAsync(request, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (ConditionalCheckFailedException)
        {
            return false;
        }
    }

    private const int FirstPage = 3;
}
