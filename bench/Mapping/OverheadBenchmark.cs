using System.Diagnostics;
using System.Globalization;
using Analytics.Local.Deployment;
using Analytics.Local.Mapping;
using Analytics.Local.Runtime;

namespace Analytics.Local.Benchmarks;

/// <summary>Measures the time between invocations of one lane that never waits for records.</summary>
internal static class OverheadBenchmark
{
    /// <summary>Measures the mapping alone, whose function is a method that takes a millisecond.</summary>
    public static async Task<Gaps> MeasureMappingAsync(int batchSize, int invocations)
    {
        var invoker = new GapInvoker(invocations);
        await RunAsync(batchSize, invoker, invoker.Done);
        return Gaps.FromDurations(invoker.Gaps);
    }

    /// <summary>Measures the complete path: the function is a separate process behind the Runtime API and takes the times itself.</summary>
    public static async Task<Gaps> MeasureProcessAsync(int batchSize, int invocations)
    {
        var log = Path.GetTempFileName();
        try
        {
            var measured = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
            await using var lambda = await LambdaService.StartAsync(
                new LambdaServiceOptions { LineWritten = (_, line) => measured.TrySetResult(line) }, CancellationToken.None);
            lambda.Add(new FunctionConfiguration
            {
                LogicalId = "Bench",
                Name = Settings.FunctionName,
                Arn = "arn:aws:lambda:us-east-1:000000000000:function:bench",
                Command = Environment.ProcessPath!,
                WorkingDirectory = AppContext.BaseDirectory,
                Environment = new Dictionary<string, string> { [MeasuringFunction.Invocations] = invocations.ToString(CultureInfo.InvariantCulture) },
                MemorySize = 512,
                EnforceMemorySize = true,
                Timeout = TimeSpan.FromMinutes(1),
                LogFile = log,
            });
            await RunAsync(batchSize, new LambdaInvoker(lambda), measured.Task);
            return Gaps.Parse(await measured.Task);
        }
        finally
        {
            File.Delete(log);
        }
    }

    private static async Task RunAsync(int batchSize, IFunctionInvoker invoker, Task done)
    {
        var folder = Directory.CreateTempSubdirectory("mapping-overhead");
        try
        {
            await using var mapping = new EventSourceMapping(
                Settings.Configuration("bench", batchSize, lanes: 1), new EndlessStream(), invoker, new FileCheckpointStore(folder.FullName),
                onFailure: null, TimeProvider.System, Console.Error.WriteLine);
            await mapping.StartAsync(CancellationToken.None);
            await await Task.WhenAny(done, mapping.Fault);
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

            // The duration of a fast function, which gives the reader time as well.
            await Task.Delay(1, cancellationToken);
            _ended = Stopwatch.GetTimestamp();
            return InvocationOutcome.Returned(default);
        }
    }
}
