using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Analytics.Counting.Keys;
using Analytics.Streaming;
using Analytics.Tables;

namespace Analytics.Counting.Partials;

/// <summary>The counters' table in DynamoDB.</summary>
/// <param name="dynamoDb">The client.</param>
/// <param name="table">The table's name.</param>
/// <param name="clock">Measures pauses where DynamoDB asks for them.</param>
internal sealed class DynamoCounterTable(IAmazonDynamoDB dynamoDb, string table, TimeProvider clock) : ICounterTable
{
    private readonly TableBatches _batches = new(
        dynamoDb, table, PartialAttributes.PartitionKey, PartialAttributes.SortKey, clock, Random.Shared);

    public async Task<StoredPartial?> WriteAsync(PartialWrite write, CancellationToken cancellationToken)
    {
        var request = RequestFor(write.Key);
        var expression = new UpdateExpression(request);
        expression.Set(PartialAttributes.Watermark, Sortable(write.Watermark));
        expression.Set(PartialAttributes.Expiry, PartialAttributes.Number(write.Expiry.ToUnixTimeSeconds()));
        if (write.Revision is { } revision)
        {
            expression.Set(PartialAttributes.Revision, PartialAttributes.Number(revision));
        }

        AddPartial(expression, write);
        if (write.Revision is not null)
        {
            expression.RemoveOthers(PartialAttributes.Measures);
        }

        AddCondition(request, write.Condition);
        request.UpdateExpression = expression.ToString();
        try
        {
            _ = await dynamoDb.UpdateItemAsync(request, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (ConditionalCheckFailedException exception)
        {
            return PartialAttributes.Read(await ItemAsync(exception, write.Key, cancellationToken).ConfigureAwait(false));
        }
    }

    public async Task<IReadOnlyDictionary<ItemKey, IReadOnlyCollection<ulong>>> ReadValuesAsync(
        IReadOnlyCollection<ItemKey> lists, CancellationToken cancellationToken)
    {
        var (items, failures) = await _batches.GetAsync([.. lists.Select(PartialAttributes.Key)], cancellationToken).ConfigureAwait(false);
        return failures.Indices.Count == 0
            ? items.ToDictionary(PartialAttributes.KeyOf, ValuesOf)
            : throw failures.Cause!;
    }

    public async Task<IReadOnlyCollection<string>> ReadPartialsAsync(string partitionKey, CancellationToken cancellationToken)
    {
        var sortKeys = new List<string>();
        var request = new QueryRequest
        {
            TableName = table,
            ConsistentRead = true,
            KeyConditionExpression = $"{PartialAttributes.PartitionKey} = :pk AND {PartialAttributes.SortKey} >= :first",
            ProjectionExpression = PartialAttributes.SortKey,
            ExpressionAttributeValues = new Dictionary<string, AttributeValue>
            {
                [":pk"] = new() { S = partitionKey },
                [":first"] = new() { S = CounterKeys.FirstPartial },
            },
        };
        await foreach (var item in ItemsAsync(request, cancellationToken).ConfigureAwait(false))
        {
            sortKeys.Add(item[PartialAttributes.SortKey].S);
        }

        return sortKeys;
    }

    public async Task<IReadOnlyList<IReadOnlyCollection<ulong>>> ReadSharedValuesAsync(ItemKey first, CancellationToken cancellationToken)
    {
        var parts = new List<IReadOnlyCollection<ulong>>();
        var request = new QueryRequest
        {
            TableName = table,
            ConsistentRead = true,
            KeyConditionExpression = $"{PartialAttributes.PartitionKey} = :pk AND {PartialAttributes.SortKey} BETWEEN :first AND :after",
            ExpressionAttributeValues = new Dictionary<string, AttributeValue>
            {
                [":pk"] = new() { S = first.Partition },
                [":first"] = new() { S = first.Sort },
                [":after"] = new() { S = CounterKeys.AfterSharedValues },
            },
        };
        await foreach (var item in ItemsAsync(request, cancellationToken).ConfigureAwait(false))
        {
            parts.Add(ValuesOf(item));
        }

        return parts;
    }

    public async Task AddValuesAsync(
        ItemKey list, IReadOnlyCollection<ulong> values, DateTimeOffset expiry, CancellationToken cancellationToken) =>
        _ = await dynamoDb.UpdateItemAsync(AdditionTo(list, values, expiry), cancellationToken).ConfigureAwait(false);

    public async Task<IReadOnlyCollection<ulong>> TryAddSharedValuesAsync(
        ItemKey part, IReadOnlyCollection<ulong> values, int capacity, DateTimeOffset expiry, CancellationToken cancellationToken)
    {
        var request = AdditionTo(part, values, expiry);
        request.ExpressionAttributeValues.Add(":room", PartialAttributes.Number(capacity - values.Count));
        request.ConditionExpression = "attribute_not_exists(#values) OR size(#values) <= :room";
        request.ReturnValues = ReturnValue.ALL_NEW;
        request.ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD;
        try
        {
            return ValuesOf((await dynamoDb.UpdateItemAsync(request, cancellationToken).ConfigureAwait(false)).Attributes);
        }
        catch (ConditionalCheckFailedException exception)
        {
            return ValuesOf(await ItemAsync(exception, part, cancellationToken).ConfigureAwait(false) ?? []);
        }
    }

    private async IAsyncEnumerable<Dictionary<string, AttributeValue>> ItemsAsync(
        QueryRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        do
        {
            var response = await dynamoDb.QueryAsync(request, cancellationToken).ConfigureAwait(false);
            foreach (var item in response.Items ?? [])
            {
                yield return item;
            }

            request.ExclusiveStartKey = response.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
    }

    private UpdateItemRequest RequestFor(ItemKey key) => new()
    {
        TableName = table,
        Key = PartialAttributes.Key(key),
        ExpressionAttributeNames = [],
        ExpressionAttributeValues = [],
        ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
    };

    private UpdateItemRequest AdditionTo(ItemKey list, IReadOnlyCollection<ulong> values, DateTimeOffset expiry)
    {
        var request = new UpdateItemRequest { TableName = table, Key = PartialAttributes.Key(list), ExpressionAttributeNames = [], ExpressionAttributeValues = [] };
        var expression = new UpdateExpression(request);
        expression.Set(PartialAttributes.Expiry, PartialAttributes.Number(expiry.ToUnixTimeSeconds()));
        if (values.Count > 0)
        {
            expression.Add(PartialAttributes.Values, new AttributeValue { BS = [.. values.Select(StreamOf)] });
        }

        request.UpdateExpression = expression.ToString();
        return request;
    }

    private static void AddPartial(UpdateExpression expression, PartialWrite write)
    {
        Action<string, AttributeValue> change = write.IsAddition ? expression.Add : expression.Set;
        change(PartialAttributes.Count, PartialAttributes.Number(write.Partial.Count));
        if (write.Partial.Sum is { } sum)
        {
            change(PartialAttributes.Sum, new AttributeValue { N = sum.NanosText() });
            if (sum.Rest != 0 || !write.IsAddition)
            {
                change(PartialAttributes.SumRest, new AttributeValue { N = sum.RestText() });
            }
        }

        foreach (var (name, value) in PartialAttributes.StateOf(write.Partial))
        {
            expression.Set(name, value);
        }
    }

    private static void AddCondition(UpdateItemRequest request, WriteCondition condition)
    {
        const string Absent = $"attribute_not_exists(#{PartialAttributes.Watermark})";
        request.ConditionExpression = condition.Kind switch
        {
            WriteConditionKind.Absent => Absent,
            WriteConditionKind.AbsentOrBelow => $"{Absent} OR #{PartialAttributes.Watermark} < :with",
            _ => $"#{PartialAttributes.Watermark} = :with AND {IsRevision(request, condition.Revision)}",
        };
        if (condition.Kind != WriteConditionKind.Absent)
        {
            request.ExpressionAttributeValues.Add(":with", Sortable(condition.With));
        }
    }

    private static string IsRevision(UpdateItemRequest request, long revision)
    {
        request.ExpressionAttributeNames[$"#{PartialAttributes.Revision}"] = PartialAttributes.Revision;
        if (revision == 0)
        {
            return $"attribute_not_exists(#{PartialAttributes.Revision})";
        }

        request.ExpressionAttributeValues.Add(":was", PartialAttributes.Number(revision));
        return $"#{PartialAttributes.Revision} = :was";
    }

    private static AttributeValue Sortable(SequenceNumber sequenceNumber) => new() { S = sequenceNumber.ToSortableString() };

    /// <summary>The item that a condition failed on: DynamoDB returns it with the failure; where it does not, it is read.</summary>
    private async Task<Dictionary<string, AttributeValue>?> ItemAsync(
        ConditionalCheckFailedException exception, ItemKey key, CancellationToken cancellationToken)
    {
        if (exception.Item is { Count: > 0 } item)
        {
            return item;
        }

        var request = new GetItemRequest { TableName = table, Key = PartialAttributes.Key(key), ConsistentRead = true };
        return (await dynamoDb.GetItemAsync(request, cancellationToken).ConfigureAwait(false)).Item;
    }

    private static MemoryStream StreamOf(ulong value)
    {
        var bytes = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        return new MemoryStream(bytes);
    }

    public static IReadOnlyCollection<ulong> ValuesOf(Dictionary<string, AttributeValue> item) =>
        item.GetValueOrDefault(PartialAttributes.Values)?.BS is { } set
            ? [.. set.Select(value => BinaryPrimitives.ReadUInt64BigEndian(value.ToArray()))]
            : [];

    /// <summary>The SET and ADD clauses of an update, every name behind a placeholder, as some are reserved words.</summary>
    private sealed class UpdateExpression(UpdateItemRequest request)
    {
        private readonly StringBuilder _set = new();
        private readonly StringBuilder _add = new();
        private readonly StringBuilder _remove = new();

        public void Set(string name, AttributeValue value) =>
            _set.Append(_set.Length == 0 ? "SET " : ", ").Append('#').Append(name).Append(" = :").Append(Named(name, value));

        public void Add(string name, AttributeValue value) =>
            _add.Append(_add.Length == 0 ? " ADD " : ", ").Append('#').Append(name).Append(" :").Append(Named(name, value));

        /// <summary>Removes those of the attributes that are not set.</summary>
        public void RemoveOthers(IEnumerable<string> names)
        {
            foreach (var name in names.Where(name => request.ExpressionAttributeNames.TryAdd($"#{name}", name)))
            {
                _remove.Append(_remove.Length == 0 ? " REMOVE " : ", ").Append('#').Append(name);
            }
        }

        public override string ToString() => $"{_set}{_add}{_remove}";

        private string Named(string name, AttributeValue value)
        {
            request.ExpressionAttributeNames.Add($"#{name}", name);
            request.ExpressionAttributeValues.Add($":{name}", value);
            return name;
        }
    }
}
