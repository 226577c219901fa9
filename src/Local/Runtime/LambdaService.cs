using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;

namespace Analytics.Local.Runtime;

/// <summary>
/// A local Lambda: runs functions as processes behind the Runtime API and offers the invocation interface, so that
/// <c>aws lambda invoke --endpoint-url</c> works. Listens on 127.0.0.1 only.
/// </summary>
public sealed class LambdaService : IAsyncDisposable
{
    /// <summary>The most bytes of a synchronous invocation's payload, either way: 6 MB, as on Lambda.</summary>
    public const int MaxPayloadBytes = 6 * 1024 * 1024;

    private readonly ConcurrentDictionary<string, FunctionHost> _functions = new(StringComparer.Ordinal);
    private readonly LambdaServiceOptions _options;
    private WebApplication? _server;

    private LambdaService(LambdaServiceOptions options) => _options = options;

    /// <summary>Where the invocation interface listens.</summary>
    public Uri Endpoint { get; private set; } = null!;

    /// <summary>Starts the service with no functions.</summary>
    /// <exception cref="LambdaServiceException">The port is in use.</exception>
    public static async Task<LambdaService> StartAsync(LambdaServiceOptions options, CancellationToken cancellationToken)
    {
        var service = new LambdaService(options);
        (service._server, service.Endpoint) = await InvocationApi.StartAsync(service, options.Port, cancellationToken);
        return service;
    }

    /// <summary>Adds a function; its first process starts with its first invocation.</summary>
    /// <exception cref="LambdaServiceException">There is a function of that name already.</exception>
    public void Add(FunctionConfiguration function)
    {
        if (!_functions.TryAdd(function.Name, new FunctionHost(function, _options)))
        {
            throw new LambdaServiceException($"{function.LogicalId}: there is a function named {function.Name} already; give one another FunctionName.");
        }
    }

    /// <summary>Whether there is a function of that name.</summary>
    public bool Contains(string name) => _functions.ContainsKey(name);

    /// <summary>Runs a function and waits for its answer.</summary>
    /// <param name="name">The function's name.</param>
    /// <param name="payload">The event, JSON in UTF-8.</param>
    /// <param name="environmentKey">
    /// The environment to run in, <c>shardId/lane</c> for a stream, which handles one invocation at a time; null for any idle one.
    /// </param>
    /// <param name="requestId">The request's identifier, or null for a new one.</param>
    /// <param name="cancellationToken">Ends the invocation and its process.</param>
    /// <exception cref="LambdaServiceException">There is no function of that name, or it cannot be started.</exception>
    public Task<InvocationResult> InvokeAsync(
        string name, ReadOnlyMemory<byte> payload, string? environmentKey, string? requestId, CancellationToken cancellationToken) =>
        Host(name).InvokeAsync(payload, environmentKey, requestId ?? Guid.NewGuid().ToString(), cancellationToken);

    /// <summary>Ends the process of an environment at once, as a crash would; without effect when none runs.</summary>
    /// <exception cref="LambdaServiceException">There is no function of that name.</exception>
    public Task KillAsync(string name, string environmentKey) => Host(name).KillAsync(environmentKey);

    /// <summary>What a function has done so far.</summary>
    /// <exception cref="LambdaServiceException">There is no function of that name.</exception>
    public FunctionStatistics Statistics(string name) => Host(name).Statistics;

    /// <summary>The invocations of a function that run now.</summary>
    /// <exception cref="LambdaServiceException">There is no function of that name.</exception>
    public int InFlight(string name) => Host(name).InFlight;

    /// <summary>Ends all processes and stops listening.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_server is { } server)
        {
            _server = null;
            await server.DisposeAsync();
        }

        foreach (var (name, _) in _functions)
        {
            if (_functions.TryRemove(name, out var host))
            {
                await host.DisposeAsync();
            }
        }
    }

    private FunctionHost Host(string name) =>
        _functions.TryGetValue(name, out var host)
            ? host
            : throw new LambdaServiceException(
                $"There is no function {name}; there are: {string.Join(", ", _functions.Keys.Order(StringComparer.Ordinal))}.");
}
