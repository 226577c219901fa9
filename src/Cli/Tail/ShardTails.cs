using Amazon.Kinesis;
using Amazon.Kinesis.Model;

namespace Analytics.Cli.Tail;

/// <summary>Reads all shards of a stream as records arrive, including child shards after resharding.</summary>
/// <param name="kinesis">The Kinesis client.</param>
/// <param name="streamName">The stream.</param>
/// <param name="clock">The clock for delays.</param>
/// <param name="isLocal">Whether the stream is on this machine, where reads are not limited.</param>
internal sealed class ShardTails(IAmazonKinesis kinesis, string streamName, TimeProvider clock, bool isLocal)
{
    /// <summary>Lifetime of an iterator; in Kinesis iterators expire after five minutes.</summary>
    private static readonly TimeSpan IteratorAge = TimeSpan.FromMinutes(4);

    private static readonly TimeSpan RestAfterThrottle = TimeSpan.FromSeconds(2);

    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <summary>A shard allows five reads per second over all readers; one per second leaves the rest to the functions.</summary>
    private TimeSpan Rest => isLocal ? TimeSpan.FromMilliseconds(100) : TimeSpan.FromSeconds(1);

    /// <summary>Reads until cancelled.</summary>
    /// <param name="all">Whether to start with the oldest record.</param>
    /// <param name="take">Receives each record with its shard; in order per shard.</param>
    /// <param name="note">Receives a message when shards appear.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async Task ReadAsync(bool all, Func<string, Record, Task> take, Action<string> note, CancellationToken cancellationToken)
    {
        var running = new List<Task>();
        var isFirst = true;
        while (true)
        {
            foreach (var shardId in await NewShardsAsync(isFirst && !all, cancellationToken))
            {
                // Records that arrived in a new shard before it was discovered are not missed: only the initial shards start with the next record.
                var type = isFirst && !all ? ShardIteratorType.LATEST : ShardIteratorType.TRIM_HORIZON;
                running.Add(ReadShardAsync(shardId, type, take, cancellationToken));
                if (!isFirst)
                {
                    note($"{shardId} is new.");
                }
            }

            isFirst = false;
            running.RemoveAll(task => task.IsCompletedSuccessfully);
            var failed = Task.WhenAny([.. running.Where(task => task.IsFaulted || task.IsCanceled), Task.Delay(TimeSpan.FromSeconds(5), clock, cancellationToken)]);
            await await Task.WhenAny([failed.Unwrap(), .. running]);
        }
    }

    private async Task<List<string>> NewShardsAsync(bool openOnly, CancellationToken cancellationToken)
    {
        var fresh = new List<string>();
        string? next = null;
        do
        {
            var page = await kinesis.ListShardsAsync(
                next is null ? new ListShardsRequest { StreamName = streamName } : new ListShardsRequest { NextToken = next }, cancellationToken);
            foreach (var shard in page.Shards)
            {
                if (_known.Add(shard.ShardId) && (!openOnly || shard.SequenceNumberRange.EndingSequenceNumber is null))
                {
                    fresh.Add(shard.ShardId);
                }
            }

            next = page.NextToken;
        }
        while (!string.IsNullOrEmpty(next));
        return fresh;
    }

    private async Task ReadShardAsync(string shardId, ShardIteratorType type, Func<string, Record, Task> take, CancellationToken cancellationToken)
    {
        var iterator = await IteratorAsync(shardId, type, after: null, cancellationToken);
        var placed = clock.GetTimestamp();
        string? last = null;
        while (iterator is { Length: > 0 })
        {
            GetRecordsResponse page;
            try
            {
                page = await kinesis.GetRecordsAsync(new GetRecordsRequest { ShardIterator = iterator }, cancellationToken);
            }
            catch (ProvisionedThroughputExceededException)
            {
                await Task.Delay(RestAfterThrottle, clock, cancellationToken);
                continue;
            }
            catch (ExpiredIteratorException)
            {
                iterator = await IteratorAsync(shardId, last is null ? type : ShardIteratorType.AFTER_SEQUENCE_NUMBER, last, cancellationToken);
                placed = clock.GetTimestamp();
                continue;
            }

            foreach (var record in page.Records ?? [])
            {
                last = record.SequenceNumber;
                await take(shardId, record);
            }

            // The iterator is kept until the first record, because the emulator makes a record visible slightly later than its arrival time.
            if (last is not null || page.NextShardIterator is not { Length: > 0 } || clock.GetElapsedTime(placed) > IteratorAge)
            {
                iterator = page.NextShardIterator;
                placed = clock.GetTimestamp();
            }

            if (page.Records is not { Count: > 0 })
            {
                await Task.Delay(Rest, clock, cancellationToken);
            }
        }
    }

    private async Task<string?> IteratorAsync(string shardId, ShardIteratorType type, string? after, CancellationToken cancellationToken) =>
        (await kinesis.GetShardIteratorAsync(
            new GetShardIteratorRequest { StreamName = streamName, ShardId = shardId, ShardIteratorType = type, StartingSequenceNumber = after },
            cancellationToken)).ShardIterator;
}
