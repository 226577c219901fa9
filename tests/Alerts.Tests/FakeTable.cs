using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using NSubstitute;

namespace Analytics.Alerts.Tests;

/// <summary>A table in memory behind the calls that alerts make, with their conditions.</summary>
internal sealed class FakeTable
{
    public const string Name = "counters";

    private readonly Lock _lock = new();

    public FakeTable()
    {
        Client.BatchWriteItemAsync(Arg.Any<BatchWriteItemRequest>(), Arg.Any<CancellationToken>()).Returns(call => Locked(call.Arg<CancellationToken>(), () =>
        {
            foreach (var item in call.Arg<BatchWriteItemRequest>().RequestItems[Name].Select(request => request.PutRequest.Item))
            {
                Write(item);
            }

            return new BatchWriteItemResponse();
        }));
        Client.PutItemAsync(Arg.Any<PutItemRequest>(), Arg.Any<CancellationToken>()).Returns(call => Locked(call.Arg<CancellationToken>(), () =>
        {
            var request = call.Arg<PutItemRequest>();
            Assert.Equal(Name, request.TableName);
            var existing = Items.GetValueOrDefault(GetKey(request.Item));
            var holds = request.ConditionExpression switch
            {
                "attribute_not_exists(pk)" => existing is null,
                "version = :version" => existing?["version"].N == request.ExpressionAttributeValues[":version"].N,
                _ => throw new NotSupportedException(request.ConditionExpression),
            };
            if (!holds)
            {
                throw new ConditionalCheckFailedException("The conditional request failed");
            }

            Write(request.Item);
            return new PutItemResponse();
        }));
        Client.BatchGetItemAsync(Arg.Any<BatchGetItemRequest>(), Arg.Any<CancellationToken>()).Returns(call => Locked(call.Arg<CancellationToken>(), () =>
        {
            var request = call.Arg<BatchGetItemRequest>().RequestItems[Name];
            Assert.True(request.ConsistentRead);
            if (FailsToRead(request.Keys) is { } exception)
            {
                throw exception;
            }

            return new BatchGetItemResponse
            {
                Responses = new() { [Name] = [.. request.Keys.Where(key => Items.ContainsKey(GetKey(key))).Select(key => Items[GetKey(key)])] },
            };
        }));
        Client.QueryAsync(Arg.Any<QueryRequest>(), Arg.Any<CancellationToken>()).Returns(call => Locked(call.Arg<CancellationToken>(), () => Query(call.Arg<QueryRequest>())));
    }

    public IAmazonDynamoDB Client { get; } = Substitute.For<IAmazonDynamoDB>();

    public Dictionary<(string Partition, string Sort), Dictionary<string, AttributeValue>> Items { get; } = [];

    /// <summary>The marks of sent alerts.</summary>
    public IEnumerable<Dictionary<string, AttributeValue>> Marks => Items.Where(item => item.Key.Partition.StartsWith("alert|sent|", StringComparison.Ordinal)).Select(item => item.Value);

    public Func<Dictionary<string, AttributeValue>, Exception?> FailsToWrite { get; set; } = _ => null;

    public Func<List<Dictionary<string, AttributeValue>>, Exception?> FailsToRead { get; set; } = _ => null;

    private QueryResponse Query(QueryRequest request)
    {
        Assert.True(request.ConsistentRead);
        Assert.StartsWith("pk = :pk", request.KeyConditionExpression, StringComparison.Ordinal);
        var after = request.KeyConditionExpression == "pk = :pk AND sk > :after" ? request.ExpressionAttributeValues[":after"].S : "";
        var found = Items
            .Where(item => item.Key.Partition == request.ExpressionAttributeValues[":pk"].S && string.CompareOrdinal(item.Key.Sort, after) > 0)
            .OrderBy(item => item.Key.Sort, StringComparer.Ordinal)
            .ToList();
        if (request.ScanIndexForward == false)
        {
            found.Reverse();
        }

        var start = request.ExclusiveStartKey is { Count: > 0 } key ? found.FindIndex(item => item.Key == GetKey(key)) + 1 : 0;
        var page = found.Skip(start).Take(request.Limit ?? 2).ToList();
        return new QueryResponse
        {
            Items = [.. page.Select(item => item.Value)],
            LastEvaluatedKey = start + page.Count < found.Count ? new() { ["pk"] = page[^1].Value["pk"], ["sk"] = page[^1].Value["sk"] } : null,
        };
    }

    private T Locked<T>(CancellationToken cancellationToken, Func<T> call)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return call();
        }
    }

    private void Write(Dictionary<string, AttributeValue> item)
    {
        if (FailsToWrite(item) is { } exception)
        {
            throw exception;
        }

        Items[GetKey(item)] = item;
    }

    private static (string Partition, string Sort) GetKey(Dictionary<string, AttributeValue> item) => (item["pk"].S, item["sk"].S);
}
