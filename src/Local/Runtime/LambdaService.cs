using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;

namespace Analytics.Local.Runtime;

/// <summary>
/// A local Lambda: runs functions as processes behind the Runtime API and offers the invocation interface, so that
/// <c>aws lambda invoke --endpoint-url</c> works. Listens on 127.0.0.1 only.
/// </summary>
public sealed class LambdaService : IAsyncDisposable
{
    /// <summary>The maximum size of a synchronous invocation's request and response payload: 6 MB, as on Lambda.</summary>
    public const int MaxPayloadBytes = 6 * 1024 * 1024;

    private readonly ConcurrentDictionary<string, FunctionHost> _functions = new(StringComparer.Ordinal);
    private readonly LambdaServiceOptions _options;
    private WebApplication? _server;

    private LambdaService(LambdaServiceOptions options) => _options = options;

    /// <summary>The address of the Invoke API.</summary>
    public Uri Endpoint { get; private set; } = null!;

    /// <summary>Starts the service with no functions.</summary>
    /// <exception cref="LambdaServiceException">The port is in use.</exception>
    public static async Task<LambdaService> StartAsync(LambdaServiceOptions options, CancellationToken cancellationToken)
    {
        var service = new LambdaService(options);
        (service._server, service.Endpoint) = await InvocationApi.StartAsync(service, options.Port, cancellationToken);
        return service;
    }

    /// <summary>Adds a function. Its first process starts with its first invocation.</summary>
    /// <exception cref="LambdaServiceException">A function with the name already exists.</exception>
    public void Add(FunctionConfiguration function)
    {
        if (!_functions.TryAdd(function.Name, new FunctionHost(function, _options)))
        {
            throw new LambdaServiceException($"{function.LogicalId}: a function named {function.Name} already exists. Change a FunctionName.");
        }
    }

    /// <summary>Returns whether a function exists.</summary>
    public bool Contains(string name) => _functions.ContainsKey(name);

    /// <summary>Invokes a function and waits for its response.</summary>
    /// <param name="name">The function's name.</param>
    /// <param name="payload">The event, JSON in UTF-8.</param>
    /// <param name="environmentKey">
    /// The environment to run in, <c>shardId/lane</c> for a stream, which handles one invocation at a time, or null for any idle one.
    /// </param>
    /// <param name="requestId">The request's identifier, or null for a new one.</param>
    /// <param name="cancellationToken">Cancels the invocation and kills its process.</param>
    /// <exception cref="LambdaServiceException">There is no function with that name, or it cannot be started.</exception>
    public Task<InvocationResult> InvokeAsync(
        string name, ReadOnlyMemory<byte> payload, string? environmentKey, string? requestId, CancellationToken cancellationToken) =>
        Host(name).InvokeAsync(payload, environmentKey, requestId ?? Guid.NewGuid().ToString(), cancellationToken);

    /// <summary>Kills the process of an environment, as a crash would. No effect if none is running.</summary>
    /// <exception cref="LambdaServiceException">There is no function of that name.</exception>
    public Task KillAsync(string name, string environmentKey) => Host(name).KillAsync(environmentKey);

    /// <summary>Returns the statistics of a function.</summary>
    /// <exception cref="LambdaServiceException">There is no function of that name.</exception>
    public FunctionStatistics Statistics(string name) => Host(name).Statistics;

    /// <summary>Returns the number of running invocations of a function.</summary>
    /// <exception cref="LambdaServiceException">There is no function of that name.</exception>
    public int InFlight(string name) => Host(name).InFlight;

    /// <summary>Kills all processes and stops listening.</summary>
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
                $"There is no function {name}. The functions are {string.Join(", ", _functions.Keys.Order(StringComparer.Ordinal))}.");
}
