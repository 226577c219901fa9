using System.Runtime.CompilerServices;
using System.Text;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Analytics.Counting.Keys;
using Analytics.Counting.Partials;
using Analytics.Events.Definitions;

namespace Analytics.Counting;

/// <summary>Reads counters: adds up what the shards contributed.</summary>
/// <param name="dynamoDb">The client.</param>
/// <param name="table">The name of the counters' table.</param>
/// <param name="definitions">Tells what a counter measures; of one that is not among them, averages and rates are both given as averages.</param>
public sealed class CounterReader(IAmazonDynamoDB dynamoDb, string table, Definitions definitions)
{
    private const int ParallelQueries = 8;

    private readonly Dictionary<string, Measure> _measures =
        definitions.Counters.ToDictionary(counter => counter.Name, counter => counter.Measure, StringComparer.Ordinal);

    /// <summary>Reads some windows of one counter, consistently within a value; by start, then by key.</summary>
    public async IAsyncEnumerable<CounterValue> QueryAsync(CounterQuery query, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        var prefixes = query.Values?.Select(value => CounterKeys.SortPrefix(Encode(value))).Distinct(StringComparer.Ordinal).ToList();
        var running = new Queue<Task<List<CounterValue>>>();
        foreach (var start in Starts(query))
        {
            running.Enqueue(ReadWindowAsync(query, start, prefixes, cancellationToken));
            if (running.Count == ParallelQueries)
            {
                foreach (var value in await running.Dequeue().ConfigureAwait(false))
                {
                    yield return value;
                }
            }
        }

        while (running.TryDequeue(out var window))
        {
            foreach (var value in await window.ConfigureAwait(false))
            {
                yield return value;
            }
        }
    }

    /// <summary>Reads the whole table; by counter, window, start and key.</summary>
    public async Task<IReadOnlyList<CounterValue>> ScanAsync(CancellationToken cancellationToken = default)
    {
        var sums = new Dictionary<(string Partition, string Value), Partial>();
        var request = new ScanRequest { TableName = table, ConsistentRead = true };
        do
        {
            var response = await dynamoDb.ScanAsync(request, cancellationToken).ConfigureAwait(false);
            AddUp(sums, response.Items);
            request.ExclusiveStartKey = response.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });

        return Values(sums);
    }

    private async Task<List<CounterValue>> ReadWindowAsync(
        CounterQuery query, DateTimeOffset start, List<string>? prefixes, CancellationToken cancellationToken)
    {
        var sums = new Dictionary<(string Partition, string Value), Partial>();
        var partition = CounterKeys.Partition(query.Counter, query.Window, start);
        if (prefixes is null)
        {
            await ReadAsync(sums, partition, $"{PartialAttributes.SortKey} >= :sk", CounterKeys.FirstPartial, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            foreach (var prefix in prefixes)
            {
                await ReadAsync(sums, partition, $"begins_with({PartialAttributes.SortKey}, :sk)", prefix, cancellationToken).ConfigureAwait(false);
            }
        }

        return Values(sums);
    }

    private async Task ReadAsync(
        Dictionary<(string Partition, string Value), Partial> sums,
        string partition,
        string sortCondition,
        string sort,
        CancellationToken cancellationToken)
    {
        var request = new QueryRequest
        {
            TableName = table,
            ConsistentRead = true,
            KeyConditionExpression = $"{PartialAttributes.PartitionKey} = :pk AND {sortCondition}",
            ExpressionAttributeValues = new Dictionary<string, AttributeValue>
            {
                [":pk"] = new() { S = partition },
                [":sk"] = new() { S = sort },
            },
        };
        do
        {
            var response = await dynamoDb.QueryAsync(request, cancellationToken).ConfigureAwait(false);
            AddUp(sums, response.Items);
            request.ExclusiveStartKey = response.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
    }

    private static void AddUp(Dictionary<(string Partition, string Value), Partial> sums, List<Dictionary<string, AttributeValue>>? items)
    {
        foreach (var item in items ?? [])
        {
            var key = PartialAttributes.KeyOf(item);
            if (!CounterKeys.TryReadSort(key.Sort, out var value, out _))
            {
                continue;
            }

            var stored = PartialAttributes.Read(item).Partial;
            if (sums.TryGetValue((key.Partition, value), out var sum))
            {
                sum.Merge(stored);
            }
            else
            {
                sums.Add((key.Partition, value), stored);
            }
        }
    }

    private List<CounterValue> Values(Dictionary<(string Partition, string Value), Partial> sums)
    {
        var values = new List<CounterValue>(sums.Count);
        foreach (var ((partition, value), partial) in sums)
        {
            if (CounterKeys.TryReadPartition(partition, out var counter, out var window, out var start))
            {
                var measure = _measures.TryGetValue(counter, out var known) ? known : (Measure?)null;
                values.Add(CounterValue.Of(counter, window, start, value, partial, measure));
            }
        }

        values.Sort(CounterValueOrder.Instance);
        return values;
    }

    private static IEnumerable<DateTimeOffset> Starts(CounterQuery query)
    {
        var first = new DateTimeOffset(WindowTimes.StartOf(query.Window, query.From.UtcTicks), TimeSpan.Zero);
        for (var start = first; start < query.To; start = WindowTimes.EndOf(query.Window, start))
        {
            yield return start;
        }
    }

    private static string Encode(IReadOnlyList<string?> values) => values switch
    {
        [] => ValueText.All,
        [var only] => EncodePart(only),
        [var first, var second] => ValueText.Join(EncodePart(first), EncodePart(second)),
        _ => throw new ArgumentException($"A counter is kept by at most {CounterDefinition.MaxBy} fields.", nameof(values)),
    };

    private static string EncodePart(string? text)
    {
        if (text is null)
        {
            return ValueText.None;
        }

        var utf8 = Encoding.UTF8.GetBytes(text);
        if (utf8.Length <= ValueText.MaxPartBytes)
        {
            return ValueText.EncodePart(utf8);
        }

        Span<byte> hash = stackalloc byte[ValueText.HashBytes];
        ValueText.HashOf(utf8, hash);
        return ValueText.EncodePart(utf8.AsSpan(0, ValueText.MaxPartBytes), hash);
    }
}
