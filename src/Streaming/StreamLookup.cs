using Amazon.Kinesis;
using Amazon.Kinesis.Model;

namespace Analytics.Streaming;

/// <summary>
/// Looks up records in the stream, which a function's role may read for its event source mapping. After a failure the stream is not
/// read again for a while, so that a function without access to it loses no time.
/// </summary>
/// <param name="client">Creates the client; called on first use.</param>
/// <param name="clock">The clock for timeouts and pauses.</param>
/// <param name="log">The log that failures are written to.</param>
internal sealed class StreamLookup(Func<IAmazonKinesis> client, TimeProvider clock, ILogWriter log) : IRecordLookup
{
    /// <summary>Time limit for a look-up.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);

    /// <summary>Pause after a failed look-up.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private readonly Lazy<IAmazonKinesis> _client = new(client);
    private DateTimeOffset _pausedUntil = DateTimeOffset.MinValue;

    /// <inheritdoc/>
    public async Task<(string PartitionKey, ReadOnlyMemory<byte> Data)?> FindAsync(
        string streamArn, string shardId, string sequenceNumber, CancellationToken cancellationToken)
    {
        if (clock.GetUtcNow() < _pausedUntil)
        {
            return null;
        }

        using var timeout = new CancellationTokenSource(Timeout, clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            var iterator = await _client.Value.GetShardIteratorAsync(
                new GetShardIteratorRequest
                {
                    StreamName = streamArn[(streamArn.LastIndexOf('/') + 1)..],
                    ShardId = shardId,
                    ShardIteratorType = ShardIteratorType.AT_SEQUENCE_NUMBER,
                    StartingSequenceNumber = sequenceNumber,
                },
                stop.Token).ConfigureAwait(false);
            var page = await _client.Value.GetRecordsAsync(
                new GetRecordsRequest { ShardIterator = iterator.ShardIterator, Limit = 1 }, stop.Token).ConfigureAwait(false);
            return page.Records is [{ } record] && record.SequenceNumber == sequenceNumber
                ? (record.PartitionKey, record.Data.TryGetBuffer(out var buffer) ? buffer : record.Data.ToArray())
                : null;
        }
        catch (InvalidArgumentException)
        {
            return null;
        }
#pragma warning disable CA1031 // Without the record the batch is numbered from its first user record, which can at most confuse equal ones.
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            _pausedUntil = clock.GetUtcNow() + Pause;
            log.Warning(
                $"Sequence number {sequenceNumber} of shard {shardId} could not be looked up in the stream; equal user records of an aggregate "
                + $"that is split between two batches may be confused. {FailureText.Create(exception)}");
            return null;
        }
    }
}
