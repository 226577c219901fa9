using System.Runtime.CompilerServices;
using Amazon.Kinesis;
using Amazon.Kinesis.Model;
using Analytics.Cli.Shared.Targets;
using Analytics.Streaming;

namespace Analytics.Cli.Shared.Redelivery;

/// <summary>Reads records of a stream from a position on.</summary>
/// <param name="client">The Kinesis client.</param>
/// <param name="streamName">The stream.</param>
internal sealed class StreamRecords(IAmazonKinesis client, string streamName)
{
    /// <summary>Reads the records of a shard between two sequence numbers, as far as the stream retains them.</summary>
    public IAsyncEnumerable<PastRecord> ReadAsync(string shardId, SequenceNumber first, SequenceNumber last, CancellationToken cancellationToken) =>
        ReadAsync(
            new GetShardIteratorRequest
            {
                StreamName = streamName,
                ShardId = shardId,
                ShardIteratorType = ShardIteratorType.AT_SEQUENCE_NUMBER,
                StartingSequenceNumber = first.ToString(),
            },
            record => record.SequenceNumber <= last,
            cancellationToken);

    /// <summary>Reads the records of a shard that arrived in a time range, as far as the stream retains them.</summary>
    public IAsyncEnumerable<PastRecord> ReadAsync(string shardId, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) =>
        ReadAsync(
            new GetShardIteratorRequest
            {
                StreamName = streamName,
                ShardId = shardId,
                ShardIteratorType = ShardIteratorType.AT_TIMESTAMP,
                Timestamp = from.UtcDateTime,
            },
            record => record.ArrivalTime < to,
            cancellationToken);

    private async IAsyncEnumerable<PastRecord> ReadAsync(
        GetShardIteratorRequest start, Func<PastRecord, bool> isWanted, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var found in StreamScan.FromAsync(client, await PlaceAsync(start, cancellationToken), cancellationToken))
        {
            var record = new PastRecord(
                start.ShardId,
                SequenceNumber.Parse(found.SequenceNumber),
                found.PartitionKey,
                new DateTimeOffset(found.ApproximateArrivalTimestamp!.Value.ToUniversalTime()),
                found.Data.ToArray());
            if (!isWanted(record))
            {
                yield break;
            }

            yield return record;
        }
    }

    /// <returns>The iterator, or null if the stream no longer has the shard or the position.</returns>
    private async Task<string?> PlaceAsync(GetShardIteratorRequest start, CancellationToken cancellationToken)
    {
        try
        {
            return (await client.GetShardIteratorAsync(start, cancellationToken)).ShardIterator;
        }
        catch (Exception e) when (e is ResourceNotFoundException or InvalidArgumentException)
        {
            return null;
        }
    }
}
