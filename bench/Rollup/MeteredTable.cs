using System.Buffers;
using System.Net;
using System.Text.Json;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Analytics.Counting.Storage;

namespace Analytics.Rollup.Benchmarks;

/// <summary>
/// The counters table in memory, behind an AWS SDK client whose requests end here: a function does all its work except for
/// network transfer. It adds up items, bytes and capacity units, as DynamoDB bills them. Each call takes a fixed time.
/// </summary>
/// <param name="callTime">The duration of a call.</param>
internal sealed class MeteredTable(TimeSpan callTime) : HttpMessageHandler
{
    private const int WriteUnitBytes = 1024;
    private const int ReadUnitBytes = 4 * 1024;
    private const int PageBytes = 1024 * 1024;

    private readonly Dictionary<string, List<StoredItem>> _partitions = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    public Meter Read { get; private set; } = new();

    public Meter Written { get; private set; } = new();

    /// <summary>Peak of the managed heap, sampled at each call.</summary>
    public long PeakBytes { get; private set; }

    public AmazonDynamoDBClient CreateClient() => new(
        new BasicAWSCredentials("local", "local"),
        new AmazonDynamoDBConfig { ServiceURL = "http://127.0.0.1", AuthenticationRegion = "us-east-1", HttpClientFactory = new Factory(this) });

    /// <summary>Starts measuring.</summary>
    public void Reset() => (Read, Written, PeakBytes) = (new Meter(), new Meter(), 0);

    /// <summary>Puts an item without measuring it.</summary>
    /// <returns>Its size in bytes.</returns>
    public int Fill(Dictionary<string, AttributeValue> item)
    {
        var stored = new StoredItem(item[Attributes.SortKey].S, StoredItem.Write(item), ItemSize.Compute(item), Generation: null, State: null);
        Put(item[Attributes.PartitionKey].S, stored);
        return stored.Bytes;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        PeakBytes = Math.Max(PeakBytes, GC.GetTotalMemory(forceFullCollection: false));
        using var body = JsonDocument.Parse(await request.Content!.ReadAsByteArrayAsync(cancellationToken));
        var target = request.Headers.GetValues("X-Amz-Target").Single();
        await Task.Delay(callTime, cancellationToken);
        lock (_gate)
        {
            return target[(target.LastIndexOf('.') + 1)..] switch
            {
                "PutItem" => PutItem(body.RootElement),
                "GetItem" => GetItem(body.RootElement),
                "Query" => Query(body.RootElement),
                _ => throw new NotSupportedException(target),
            };
        }
    }

    private static HttpResponseMessage Reply(HttpStatusCode status, ReadOnlyMemory<byte> json) => new(status) { Content = new ReadOnlyMemoryContent(json) };

    private static string GetText(JsonElement map, string name) => map.GetProperty(name).GetProperty("S").GetString()!;

    private HttpResponseMessage PutItem(JsonElement request)
    {
        var item = request.GetProperty("Item");
        var partition = GetText(item, Attributes.PartitionKey);
        var stored = StoredItem.From(item);
        var isMet = Holds(request, Find(partition, stored.Sort));
        Written.Add(partition, stored.Bytes, WriteUnitBytes, isMet ? 1 : 0);
        if (!isMet)
        {
            return Reply(HttpStatusCode.BadRequest, """{"__type":"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException","message":"The conditional request failed"}"""u8.ToArray());
        }

        Put(partition, stored);
        return Reply(HttpStatusCode.OK, "{}"u8.ToArray());
    }

    private static bool Holds(JsonElement request, StoredItem? there)
    {
        if (!request.TryGetProperty("ConditionExpression", out var condition))
        {
            return true;
        }

        var values = request.TryGetProperty("ExpressionAttributeValues", out var given) ? given : default;
        var generation = values.ValueKind == JsonValueKind.Object ? long.Parse(values.GetProperty(":generation").GetProperty("N").GetString()!) : 0;
        return condition.GetString() switch
        {
            "attribute_not_exists(pk)" => there is null,
            "attribute_not_exists(pk) OR #generation < :generation" => there is null || there.Generation < generation,
            "#generation = :generation AND #state = :state" => there is not null && there.Generation == generation && there.State == GetText(values, ":state"),
            var other => throw new NotSupportedException(other),
        };
    }

    private HttpResponseMessage GetItem(JsonElement request)
    {
        var key = request.GetProperty("Key");
        var stored = Find(GetText(key, Attributes.PartitionKey), GetText(key, Attributes.SortKey));
        Read.Add(GetText(key, Attributes.PartitionKey), stored?.Bytes ?? 0, ReadUnitBytes, stored is null ? 0 : 1);
        return Reply(HttpStatusCode.OK, stored is null ? "{}"u8.ToArray() : (byte[])[.. "{\"Item\":"u8, .. stored.Json, (byte)'}']);
    }

    private HttpResponseMessage Query(JsonElement request)
    {
        var values = request.GetProperty("ExpressionAttributeValues");
        var partition = GetText(values, ":pk");
        var all = _partitions.GetValueOrDefault(partition) ?? [];
        var isBackwards = request.TryGetProperty("ScanIndexForward", out var forward) && !forward.GetBoolean();
        var first = request.TryGetProperty("ExclusiveStartKey", out var start) ? IndexAfter(all, GetText(start, Attributes.SortKey))
            : values.TryGetProperty(":from", out var from) ? IndexOf(all, from.GetProperty("S").GetString()!)
            : 0;
        var to = values.TryGetProperty(":to", out var last) ? last.GetProperty("S").GetString() : null;
        var limit = request.TryGetProperty("Limit", out var max) ? max.GetInt32() : int.MaxValue;
        var buffer = new ArrayBufferWriter<byte>();
        buffer.Write("{\"Items\":["u8);
        var (items, bytes, isCut) = (0, 0, false);
        for (var step = 0; first + step < all.Count; step++)
        {
            var item = all[isBackwards ? all.Count - 1 - step : first + step];
            if (to is not null && string.CompareOrdinal(item.Sort, to) > 0)
            {
                break;
            }

            if (items == limit || (items > 0 && bytes + item.Bytes > PageBytes))
            {
                isCut = true;
                break;
            }

            if (items > 0)
            {
                buffer.Write(","u8);
            }

            buffer.Write(item.Json);
            (items, bytes) = (items + 1, bytes + item.Bytes);
        }

        buffer.Write("]"u8);
        if (isCut && !isBackwards)
        {
            var key = StoredItem.Write(Attributes.Item(new ItemKey(partition, all[first + items - 1].Sort)));
            buffer.Write([.. ",\"LastEvaluatedKey\":"u8, .. key]);
        }

        buffer.Write("}"u8);
        Read.Add(partition, bytes, ReadUnitBytes, items);
        return Reply(HttpStatusCode.OK, buffer.WrittenMemory);
    }

    private StoredItem? Find(string partition, string sort) =>
        _partitions.TryGetValue(partition, out var items) && IndexOf(items, sort) is var index && index < items.Count && items[index].Sort == sort ? items[index] : null;

    private void Put(string partition, StoredItem item)
    {
        if (!_partitions.TryGetValue(partition, out var items))
        {
            _partitions.Add(partition, items = []);
        }

        var index = IndexOf(items, item.Sort);
        if (index < items.Count && items[index].Sort == item.Sort)
        {
            items[index] = item;
        }
        else
        {
            items.Insert(index, item);
        }
    }

    /// <summary>The index of the first item whose sort key is not below a key.</summary>
    private static int IndexOf(List<StoredItem> items, string sort)
    {
        var (low, high) = (0, items.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = string.CompareOrdinal(items[middle].Sort, sort) < 0 ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static int IndexAfter(List<StoredItem> items, string sort)
    {
        var index = IndexOf(items, sort);
        return index < items.Count && items[index].Sort == sort ? index + 1 : index;
    }

    private sealed class Factory(HttpMessageHandler handler) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(handler, disposeHandler: false);
    }
}
