using System.Runtime.CompilerServices;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Analytics.Counting.Storage;

/// <summary>The counters table in DynamoDB.</summary>
/// <param name="dynamoDb">The client.</param>
/// <param name="table">The table's name.</param>
internal sealed class DynamoCounterTable(IAmazonDynamoDB dynamoDb, string table) : ICounterTable
{
    private const string Absent = $"attribute_not_exists({Attributes.PartitionKey})";

    public async Task<bool> TryPutAsync(Dictionary<string, AttributeValue> item, PutCondition condition, CancellationToken cancellationToken)
    {
        var request = new PutItemRequest { TableName = table, Item = item };
        Add(request, condition);
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

    public async Task<Dictionary<string, AttributeValue>?> GetAsync(ItemKey key, CancellationToken cancellationToken)
    {
        var request = new GetItemRequest { TableName = table, Key = Attributes.Item(key), ConsistentRead = true };
        var response = await dynamoDb.GetItemAsync(request, cancellationToken).ConfigureAwait(false);
        return response.Item is { Count: > 0 } item ? item : null;
    }

    public async IAsyncEnumerable<Dictionary<string, AttributeValue>> QueryAsync(
        KeyRange range, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = CreateQuery(range);
        do
        {
            var response = await dynamoDb.QueryAsync(request, cancellationToken).ConfigureAwait(false);
            foreach (var item in response.Items ?? [])
            {
                yield return item;
            }

            request.ExclusiveStartKey = range.Limit is null ? response.LastEvaluatedKey : null;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
    }

    /// <summary>Reads all items of a table, consistently, in no particular order.</summary>
    public static async IAsyncEnumerable<Dictionary<string, AttributeValue>> ScanAsync(
        IAmazonDynamoDB dynamoDb, string table, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new ScanRequest { TableName = table, ConsistentRead = true };
        do
        {
            var response = await dynamoDb.ScanAsync(request, cancellationToken).ConfigureAwait(false);
            foreach (var item in response.Items ?? [])
            {
                yield return item;
            }

            request.ExclusiveStartKey = response.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
    }

    private QueryRequest CreateQuery(KeyRange range)
    {
        var values = new Dictionary<string, AttributeValue> { [":pk"] = Attributes.Text(range.Partition) };
        var condition = $"{Attributes.PartitionKey} = :pk";
        if (range is { From: { } from, To: { } to })
        {
            condition += $" AND {Attributes.SortKey} BETWEEN :from AND :to";
            values.Add(":from", Attributes.Text(from));
            values.Add(":to", Attributes.Text(to));
        }
        else if (range.From is { } above)
        {
            condition += $" AND {Attributes.SortKey} >= :from";
            values.Add(":from", Attributes.Text(above));
        }

        var request = new QueryRequest
        {
            TableName = table,
            ConsistentRead = true,
            ScanIndexForward = !range.IsBackwards,
            KeyConditionExpression = condition,
            ExpressionAttributeValues = values,
        };
        if (range.Limit is { } limit)
        {
            request.Limit = limit;
        }

        return request;
    }

    private static void Add(PutItemRequest request, PutCondition condition)
    {
        switch (condition.Kind)
        {
            case PutConditionKind.None:
                return;
            case PutConditionKind.Absent:
                request.ConditionExpression = Absent;
                return;
            case PutConditionKind.GenerationBelow:
                request.ConditionExpression = $"{Absent} OR #generation < :generation";
                break;
            default:
                request.ConditionExpression = "#generation = :generation AND #state = :state";
                request.ExpressionAttributeNames = new Dictionary<string, string> { ["#state"] = Attributes.State };
                break;
        }

        (request.ExpressionAttributeNames ??= []).Add("#generation", Attributes.Generation);
        request.ExpressionAttributeValues = new Dictionary<string, AttributeValue> { [":generation"] = Attributes.Number(condition.Generation) };
        if (condition.Kind is PutConditionKind.DoneWith or PutConditionKind.Planned)
        {
            request.ExpressionAttributeValues.Add(
                ":state", Attributes.Text(condition.Kind == PutConditionKind.DoneWith ? Attributes.Done : Attributes.Planned));
        }
    }
}
