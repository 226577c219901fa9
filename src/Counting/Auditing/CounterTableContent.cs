using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Analytics.Counting.Keys;
using Analytics.Counting.Partials;

namespace Analytics.Counting.Auditing;

/// <summary>All partials of a table by shard, and the lists of the values that its windows admit.</summary>
internal sealed class CounterTableContent
{
    private readonly Dictionary<string, ShardPartials> _shards = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<ulong>> _admitted = new(StringComparer.Ordinal);

    public IEnumerable<string> ShardIds => _shards.Keys;

    /// <summary>Reads a table.</summary>
    public static async Task<CounterTableContent> ReadAsync(IAmazonDynamoDB dynamoDb, string table, CancellationToken cancellationToken)
    {
        var content = new CounterTableContent();
        var request = new ScanRequest { TableName = table, ConsistentRead = true };
        do
        {
            var response = await dynamoDb.ScanAsync(request, cancellationToken).ConfigureAwait(false);
            foreach (var item in response.Items ?? [])
            {
                content.Add(item);
            }

            request.ExclusiveStartKey = response.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
        return content;
    }

    public ShardPartials Of(string shardId)
    {
        if (!_shards.TryGetValue(shardId, out var shard))
        {
            _shards[shardId] = shard = new ShardPartials();
        }

        return shard;
    }

    /// <summary>Whether a list of a window names a value.</summary>
    public bool IsListed(string partitionKey, ulong fingerprint) => _admitted.TryGetValue(partitionKey, out var values) && values.Contains(fingerprint);

    private void Add(Dictionary<string, AttributeValue> item)
    {
        var key = PartialAttributes.KeyOf(item);
        if (!CounterKeys.TryReadPartition(key.Partition, out _, out _, out _))
        {
            return;
        }

        if (!CounterKeys.TryReadSort(key.Sort, out _, out var shardId))
        {
            if (!_admitted.TryGetValue(key.Partition, out var values))
            {
                _admitted[key.Partition] = values = [];
            }

            values.UnionWith(DynamoCounterTable.ValuesOf(item));
        }
        else if (PartialAttributes.Read(item) is { Watermark: not null } stored)
        {
            Of(shardId).Add(key, stored);
        }
    }
}
