using System.Diagnostics;
using System.Globalization;
using Analytics.Local.Mapping;

namespace Analytics.Local.Benchmarks;

/// <summary>The time between the invocations of one lane that never has to wait for records.</summary>
internal static class OverheadBenchmark
{
    /// <returns>The gaps, in order of size.</returns>
    public static async Task<IReadOnlyList<TimeSpan>> RunAsync(int batchSize, int invocations)
    {
        var folder = Directory.CreateTempSubdirectory("mapping-overhead");
        try
        {
            var invoker = new GapInvoker(invocations);
            await using var mapping = new EventSourceMapping(
                Settings.Configuration("bench", batchSize, lanes: 1), new EndlessStream(), invoker, new FileCheckpointStore(folder.FullName),
                onFailure: null, TimeProvider.System, Console.Error.WriteLine);
            await mapping.StartAsync(CancellationToken.None);
            await Task.WhenAny(invoker.Done, mapping.Fault);
            return [.. invoker.Gaps.Skip(invocations / 10).Order()];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private sealed class GapInvoker(int invocations) : IFunctionInvoker
    {
        private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private long _ended;

        public List<TimeSpan> Gaps { get; } = new(invocations);

        public Task Done => _done.Task;

        public async Task<InvocationOutcome> InvokeAsync(
            string functionName, ReadOnlyMemory<byte> payload, string environmentKey, string requestId, CancellationToken cancellationToken)
        {
            if (_ended != 0 && Gaps.Count < invocations)
            {
                Gaps.Add(Stopwatch.GetElapsedTime(_ended));
            }

            if (Gaps.Count == invocations)
            {
                _done.TrySetResult();
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }

            // As long as a quick function runs: the reader has its time, too.
            await Task.Delay(1, cancellationToken);
            _ended = Stopwatch.GetTimestamp();
            return InvocationOutcome.Returned(default);
        }
    }

    /// <summary>Always has 10,000 more records.</summary>
    private sealed class EndlessStream : IShardStream
    {
        private readonly byte[] _data = new byte[300];
        private long _sequence;

        public Task<IReadOnlyList<ShardInfo>> ListShardsAsync(CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<ShardInfo>>([new ShardInfo("shardId-000000000000", null, null, IsClosed: false)]);

        public Task<string> GetIteratorAsync(string shardId, ShardPosition position, CancellationToken cancellationToken) => Task.FromResult("next");

        public Task<ShardPage?> GetRecordsAsync(string iterator, CancellationToken cancellationToken)
        {
            var records = new ShardRecord[10_000];
            for (var i = 0; i < records.Length; i++)
            {
                _sequence++;
                records[i] = new ShardRecord(
                    (49_590_338_271_490_256m + _sequence).ToString(CultureInfo.InvariantCulture), "user-1", _data, DateTimeOffset.UtcNow);
            }

            return Task.FromResult<ShardPage?>(new ShardPage(records, "next", IsBehind: true));
        }
    }
}
