using System.Collections.Concurrent;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Analytics.Tables;

/// <summary>
/// Writes and reads many items of a table with as few calls as DynamoDB allows, several calls at a time. Unprocessed items are
/// retried after a pause, until cancellation.
/// </summary>
/// <param name="dynamoDb">The client.</param>
/// <param name="table">The table's name.</param>
/// <param name="partitionKey">The name of its partition key, a string.</param>
/// <param name="sortKey">The name of its sort key, a string or a number.</param>
/// <param name="clock">The clock for pauses.</param>
/// <param name="random">Randomizes the pauses, so that throttled clients do not retry at the same time.</param>
public sealed class TableBatches(IAmazonDynamoDB dynamoDb, string table, string partitionKey, string sortKey, TimeProvider clock, Random random)
{
    /// <summary>Maximum number of items per BatchWriteItem call (https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html).</summary>
    public const int MaxWrites = 25;

    /// <summary>Maximum number of keys per BatchGetItem call (https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html).</summary>
    public const int MaxReads = 100;

    private const int MaxParallelCalls = 8;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan MaxPause = TimeSpan.FromSeconds(2);

    /// <summary>Puts items, each key at most once.</summary>
    /// <returns>The indices of the items that may not be written, and the cause; empty if all are written.</returns>
    public async Task<TableFailures> PutAsync(IReadOnlyList<Dictionary<string, AttributeValue>> items, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(items);
        var failures = new ConcurrentBag<(int Index, Exception Cause)>();
        await ForEachChunkAsync(items.Count, MaxWrites, (start, count) => PutChunkAsync(items, start, count, failures, cancellationToken))
            .ConfigureAwait(false);
        return TableFailures.Create(failures);
    }

    /// <summary>Reads items by key, consistently.</summary>
    /// <returns>The existing items in no particular order, the indices of the keys that could not be read, and the cause.</returns>
    public async Task<(IReadOnlyCollection<Dictionary<string, AttributeValue>> Items, TableFailures Failures)> GetAsync(
        IReadOnlyList<Dictionary<string, AttributeValue>> keys, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var items = new ConcurrentBag<Dictionary<string, AttributeValue>>();
        var failures = new ConcurrentBag<(int Index, Exception Cause)>();
        await ForEachChunkAsync(keys.Count, MaxReads, (start, count) => GetChunkAsync(keys, start, count, items, failures, cancellationToken))
            .ConfigureAwait(false);
        return (items, TableFailures.Create(failures));
    }

    private static Task ForEachChunkAsync(int count, int size, Func<int, int, Task> work) =>
        Parallel.ForEachAsync(
            Enumerable.Range(0, (count + size - 1) / size),
            new ParallelOptions { MaxDegreeOfParallelism = MaxParallelCalls },
            async (chunk, _) => await work(chunk * size, Math.Min(size, count - (chunk * size))).ConfigureAwait(false));

    private Task PutChunkAsync(
        IReadOnlyList<Dictionary<string, AttributeValue>> items,
        int start,
        int count,
        ConcurrentBag<(int Index, Exception Cause)> failures,
        CancellationToken cancellationToken)
    {
        var requests = new List<WriteRequest>(count);
        var pending = new Dictionary<(string, string), int>(count);
        for (var index = start; index < start + count; index++)
        {
            requests.Add(new WriteRequest(new PutRequest(items[index])));
            pending.Add(GetKey(items[index]), index);
        }

        return UntilDoneAsync(pending, failures, cancellationToken, async () =>
        {
            var response = await dynamoDb.BatchWriteItemAsync(
                new BatchWriteItemRequest { RequestItems = new Dictionary<string, List<WriteRequest>> { [table] = requests } },
                cancellationToken).ConfigureAwait(false);
            requests = response.UnprocessedItems?.GetValueOrDefault(table) ?? [];
            return requests.Select(request => GetKey(request.PutRequest.Item));
        });
    }

    private Task GetChunkAsync(
        IReadOnlyList<Dictionary<string, AttributeValue>> keys,
        int start,
        int count,
        ConcurrentBag<Dictionary<string, AttributeValue>> items,
        ConcurrentBag<(int Index, Exception Cause)> failures,
        CancellationToken cancellationToken)
    {
        var requests = new List<Dictionary<string, AttributeValue>>(count);
        var pending = new Dictionary<(string, string), int>(count);
        for (var index = start; index < start + count; index++)
        {
            requests.Add(keys[index]);
            pending.Add(GetKey(keys[index]), index);
        }

        return UntilDoneAsync(pending, failures, cancellationToken, async () =>
        {
            var response = await dynamoDb.BatchGetItemAsync(
                new BatchGetItemRequest
                {
                    RequestItems = new Dictionary<string, KeysAndAttributes>
                    {
                        [table] = new KeysAndAttributes { Keys = requests, ConsistentRead = true },
                    },
                },
                cancellationToken).ConfigureAwait(false);
            foreach (var item in response.Responses?.GetValueOrDefault(table) ?? [])
            {
                items.Add(item);
            }

            requests = response.UnprocessedKeys?.GetValueOrDefault(table)?.Keys ?? [];
            return requests.Select(GetKey);
        });
    }

    /// <summary>Retries with exponential backoff until nothing is left. Items left after a failed call or cancellation have failed.</summary>
    private async Task UntilDoneAsync(
        Dictionary<(string, string), int> pending,
        ConcurrentBag<(int Index, Exception Cause)> failures,
        CancellationToken cancellationToken,
        Func<Task<IEnumerable<(string, string)>>> callAsync)
    {
        try
        {
            for (var pause = FirstPause; ; pause = pause * 2 < MaxPause ? pause * 2 : MaxPause)
            {
                var left = (await callAsync().ConfigureAwait(false)).ToDictionary(key => key, key => pending[key]);
                pending = left;
                if (pending.Count == 0)
                {
                    return;
                }

                await Task.Delay(pause * (0.5 + (random.NextDouble() / 2)), clock, cancellationToken).ConfigureAwait(false);
            }
        }
#pragma warning disable CA1031 // If one call fails, the others continue, and the items of this one are reported.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            foreach (var index in pending.Values)
            {
                failures.Add((index, exception));
            }
        }
    }

    private (string, string) GetKey(Dictionary<string, AttributeValue> item) => (item[partitionKey].S, item[sortKey].S ?? item[sortKey].N);
}
