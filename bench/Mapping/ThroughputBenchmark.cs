using System.Diagnostics;
using Amazon.Kinesis;
using Amazon.Kinesis.Model;
using Amazon.Runtime;
using Analytics.Local.Mapping;

namespace Analytics.Local.Benchmarks;

/// <summary>Reads one stream with a bare loop and with a mapping whose function responds immediately.</summary>
internal sealed class ThroughputBenchmark(Uri endpoint, int records) : IDisposable
{
    private const string Stream = "bench";
    private const int ShardCount = 4;
    private const int PutSize = 500;

    private readonly AmazonKinesisClient _kinesis = new(
        new BasicAWSCredentials("local", "local"), new AmazonKinesisConfig { ServiceURL = endpoint.AbsoluteUri, AuthenticationRegion = "us-east-1" });

    public void Dispose() => _kinesis.Dispose();

    public async Task FillAsync()
    {
        await _kinesis.CreateStreamAsync(new CreateStreamRequest { StreamName = Stream, ShardCount = ShardCount });
        while ((await _kinesis.DescribeStreamSummaryAsync(new DescribeStreamSummaryRequest { StreamName = Stream }))
            .StreamDescriptionSummary.StreamStatus != StreamStatus.ACTIVE)
        {
            await Task.Delay(10);
        }

        foreach (var chunk in Enumerable.Range(0, records).Chunk(PutSize))
        {
            await _kinesis.PutRecordsAsync(new PutRecordsRequest
            {
                StreamName = Stream,
                Records = [.. chunk.Select(number => new PutRecordsRequestEntry { PartitionKey = $"user-{number}", Data = new MemoryStream(new byte[300]) })],
            });
        }
    }

    /// <summary>Measures the time to read all records with GetRecords alone.</summary>
    public async Task<TimeSpan> ReadBareAsync()
    {
        var started = Stopwatch.GetTimestamp();
        var left = records;
        await Task.WhenAll(Enumerable.Range(0, ShardCount).Select(async shard =>
        {
            var iterator = (await _kinesis.GetShardIteratorAsync(new GetShardIteratorRequest
            {
                StreamName = Stream,
                ShardId = $"shardId-{shard:D12}",
                ShardIteratorType = ShardIteratorType.TRIM_HORIZON,
            })).ShardIterator;
            while (Volatile.Read(ref left) > 0)
            {
                var response = await _kinesis.GetRecordsAsync(new GetRecordsRequest { ShardIterator = iterator, Limit = 10_000 });
                Interlocked.Add(ref left, -response.Records.Count);
                iterator = response.NextShardIterator!;
            }
        }));
        return Stopwatch.GetElapsedTime(started);
    }

    /// <summary>Measures the time until a mapping has processed all records.</summary>
    public async Task<TimeSpan> ReadByMappingAsync(int batchSize, int lanes)
    {
        var folder = Directory.CreateTempSubdirectory("mapping-throughput");
        try
        {
            await using var mapping = new EventSourceMapping(
                Settings.Configuration(Stream, batchSize, lanes), _kinesis, new InstantInvoker(), new FileCheckpointStore(folder.FullName),
                onFailure: null, TimeProvider.System, Console.Error.WriteLine);
            var started = Stopwatch.GetTimestamp();
            await mapping.StartAsync(CancellationToken.None);
            while (mapping.Statistics.Records < records && !mapping.Fault.IsCompleted)
            {
                await Task.Delay(1);
            }

            return Stopwatch.GetElapsedTime(started);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private sealed class InstantInvoker : IFunctionInvoker
    {
        public Task<InvocationOutcome> InvokeAsync(
            string functionName, ReadOnlyMemory<byte> payload, string environmentKey, string requestId, CancellationToken cancellationToken) =>
            Task.FromResult(InvocationOutcome.Returned(default));
    }
}
