using System.Collections.Concurrent;

namespace Analytics.Local.Runtime;

/// <summary>A function and its execution environments: one per shard and lane, and a pool for direct invocations.</summary>
internal sealed class FunctionHost : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<ExecutionEnvironment>> _byKey = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<ExecutionEnvironment> _idle = [];
    private readonly LambdaServiceOptions _options;
    private readonly StatisticsCounter _statistics = new();
    private readonly FunctionLog _log;
    private int _running;

    public FunctionHost(FunctionConfiguration configuration, LambdaServiceOptions options)
    {
        Configuration = configuration;
        _options = options;
        _log = new FunctionLog(
            configuration.LogFile, options.LineWritten is { } written ? line => written(configuration, line) : null);
    }

    public FunctionConfiguration Configuration { get; }

    /// <summary>The number of running invocations.</summary>
    public int InFlight => Volatile.Read(ref _running);

    public FunctionStatistics Statistics => _statistics.Current;

    /// <summary>
    /// Invokes the function in the environment with a key, or in any idle one if there is no key; throttles if the
    /// function's concurrency is used up.
    /// </summary>
    public async Task<InvocationResult> InvokeAsync(
        ReadOnlyMemory<byte> payload, string? environmentKey, string requestId, CancellationToken cancellationToken)
    {
        try
        {
            return Interlocked.Increment(ref _running) > (Configuration.ReservedConcurrency ?? _options.MaxConcurrency)
                ? Throttled(requestId)
                : await (environmentKey is null
                    ? InvokeInPoolAsync(payload, requestId, cancellationToken)
                    : InvokeInKeyedAsync(payload, environmentKey, requestId, cancellationToken));
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    /// <summary>Kills the process of an environment, if it has one.</summary>
    public Task KillAsync(string environmentKey) =>
        _byKey.TryGetValue(environmentKey, out var environment) && environment.IsValueCreated
            ? environment.Value.KillAsync()
            : Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        var environments = _byKey.Values.Where(static lazy => lazy.IsValueCreated).Select(static lazy => lazy.Value).Concat(_idle);
        await Task.WhenAll(environments.Select(static environment => environment.DisposeAsync().AsTask()));
        _log.Dispose();
    }

    private Task<InvocationResult> InvokeInKeyedAsync(
        ReadOnlyMemory<byte> payload, string key, string requestId, CancellationToken cancellationToken)
    {
        var environment = _byKey.GetOrAdd(key, _ => new Lazy<ExecutionEnvironment>(CreateEnvironment));
        return environment.Value.InvokeAsync(requestId, payload, cancellationToken);
    }

    private async Task<InvocationResult> InvokeInPoolAsync(
        ReadOnlyMemory<byte> payload, string requestId, CancellationToken cancellationToken)
    {
        if (!_idle.TryTake(out var environment))
        {
            environment = CreateEnvironment();
        }

        try
        {
            return await environment.InvokeAsync(requestId, payload, cancellationToken);
        }
        finally
        {
            _idle.Add(environment);
        }
    }

    private ExecutionEnvironment CreateEnvironment() => new(Configuration, _log, _options, _statistics);

    private InvocationResult Throttled(string requestId)
    {
        _statistics.AddThrottle();
        _options.Invoked?.Invoke(Configuration, new InvocationReport(TimeSpan.Zero, IsError: false, IsThrottled: true));
        return new InvocationResult
        {
            RequestId = requestId,
            Payload = """{"Reason":"ReservedFunctionConcurrentInvocationLimitExceeded","Type":"User","message":"Rate Exceeded."}"""u8.ToArray(),
            IsThrottled = true,
        };
    }
}
