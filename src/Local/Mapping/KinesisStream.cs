using System.Net;
using Amazon.Kinesis;
using Amazon.Kinesis.Model;
using Amazon.Runtime;

namespace Analytics.Local.Mapping;

/// <summary>
/// A stream of Kinesis or a compatible service. Transient failures (throttling, a service that does not respond) are retried.
/// </summary>
internal sealed class KinesisStream(IAmazonKinesis kinesis, string streamName, TimeProvider clock, Action<string> report) : IShardStream
{
    /// <summary>The maximum number of records per read.</summary>
    private const int MaxRecords = 10_000;

    public Task<IReadOnlyList<ShardInfo>> ListShardsAsync(CancellationToken cancellationToken) => RetryAsync("ListShards", async () =>
    {
        var shards = new List<ShardInfo>();
        string? token = null;
        do
        {
            var response = await kinesis.ListShardsAsync(
                token is null ? new ListShardsRequest { StreamName = streamName } : new ListShardsRequest { NextToken = token }, cancellationToken);
            shards.AddRange(response.Shards.Select(shard => new ShardInfo(
                shard.ShardId, shard.ParentShardId, shard.AdjacentParentShardId, shard.SequenceNumberRange.EndingSequenceNumber is not null)
            {
                HashKeys = HashKeyRange.Parse(shard.HashKeyRange.StartingHashKey, shard.HashKeyRange.EndingHashKey),
            }));
            token = response.NextToken;
        }
        while (!string.IsNullOrEmpty(token));
        return (IReadOnlyList<ShardInfo>)shards;
    }, cancellationToken);

    public Task<string> GetIteratorAsync(string shardId, IteratorPosition position, CancellationToken cancellationToken) =>
        RetryAsync("GetShardIterator", async () =>
        {
            var request = new GetShardIteratorRequest
            {
                StreamName = streamName,
                ShardId = shardId,
                ShardIteratorType = position.IsLatest ? ShardIteratorType.LATEST
                    : position.SequenceNumber is null ? ShardIteratorType.TRIM_HORIZON
                    : position.IsIncluded ? ShardIteratorType.AT_SEQUENCE_NUMBER
                    : ShardIteratorType.AFTER_SEQUENCE_NUMBER,
                StartingSequenceNumber = position.SequenceNumber,
            };
            return (await kinesis.GetShardIteratorAsync(request, cancellationToken)).ShardIterator;
        }, cancellationToken);

    public Task<ShardPage?> GetRecordsAsync(string iterator, CancellationToken cancellationToken) => RetryAsync("GetRecords", async () =>
    {
        try
        {
            var response = await kinesis.GetRecordsAsync(new GetRecordsRequest { ShardIterator = iterator, Limit = MaxRecords }, cancellationToken);
            var records = new ShardRecord[response.Records?.Count ?? 0];
            for (var i = 0; i < records.Length; i++)
            {
                var record = response.Records![i];
                records[i] = new ShardRecord(record.SequenceNumber, record.PartitionKey, GetBytes(record.Data), GetTime(record));
            }

            return new ShardPage(
                records, string.IsNullOrEmpty(response.NextShardIterator) ? null : response.NextShardIterator, response.MillisBehindLatest > 0);
        }
        catch (ExpiredIteratorException)
        {
            return null;
        }
    }, cancellationToken);

    private static ReadOnlyMemory<byte> GetBytes(MemoryStream data) =>
        data.TryGetBuffer(out var buffer) ? buffer : data.ToArray();

    private static DateTimeOffset GetTime(Record record) =>
        record.ApproximateArrivalTimestamp is { } time ? new DateTimeOffset(time.ToUniversalTime()) : DateTimeOffset.UnixEpoch;

    private async Task<T> RetryAsync<T>(string operation, Func<Task<T>> call, CancellationToken cancellationToken)
    {
        for (var failures = 1; ; failures++)
        {
            try
            {
                return await call();
            }
            catch (ResourceNotFoundException e)
            {
                throw new StreamNotFoundException($"The stream {streamName} cannot be read: {e.Message}", e);
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested && Passes(e))
            {
                if (failures == 1)
                {
                    report($"{operation} of {streamName} is retried: {e.Message}");
                }

                await Task.Delay(RetryBackoff.After(failures), clock, cancellationToken);
            }
        }
    }

    private static bool Passes(Exception e) => e switch
    {
        ProvisionedThroughputExceededException or LimitExceededException or HttpRequestException or IOException or TimeoutException => true,
        AmazonServiceException service => service.StatusCode is 0 or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError,
        OperationCanceledException => true,
        _ => false,
    };
}
