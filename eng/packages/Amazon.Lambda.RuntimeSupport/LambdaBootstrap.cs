using System.Net;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Runs a function: initialization, then invocations one by one.</summary>
public sealed class LambdaBootstrap
{
    /// <summary>The maximum size of a response, according to Lambda's error message for larger ones.</summary>
    internal const int MaxResponseSize = 6_291_556;

    private const int KeptResponseBuffer = 1024 * 1024;

    private readonly InvocationHandler _handler;
    private readonly LambdaBootstrapInitializer? _initializer;
    private readonly RuntimeEnvironment _environment;
    private readonly TimeProvider _clock;

    internal LambdaBootstrap(
        InvocationHandler handler, LambdaBootstrapInitializer? initializer, RuntimeEnvironment environment, TimeProvider clock)
    {
        _handler = handler;
        _initializer = initializer;
        _environment = environment;
        _clock = clock;
    }

    /// <summary>
    /// Initializes the function and handles invocations until cancelled. A handler's exception is reported for its invocation and the loop continues.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait for the next invocation, and the loop with it.</param>
    /// <exception cref="RuntimeApiClientException">
    /// There is no Runtime API, it rejects requests for invocations, or it is unreachable.
    /// An exception of the initializer is reported to it and rethrown.
    /// </exception>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        if (_environment.RuntimeApi is not { Length: > 0 } runtimeApi)
        {
            throw new RuntimeApiClientException(
                "AWS_LAMBDA_RUNTIME_API is not set: this program is a Lambda function and runs only where a Runtime API hands out its invocations.");
        }

        using var client = new RuntimeApiClient(runtimeApi, _clock);
        if (!await InitializeAsync(client, cancellationToken))
        {
            return;
        }

        using var response = new ResponseBuffer(MaxResponseSize, KeptResponseBuffer);
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                var invocation = await client.NextAsync(cancellationToken);
                await HandleAsync(client, invocation, response);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
    }

    private async Task<bool> InitializeAsync(RuntimeApiClient client, CancellationToken cancellationToken)
    {
        try
        {
            return _initializer is null || await _initializer();
        }
        catch (Exception exception)
        {
            await _environment.Log.WriteLineAsync(exception.ToString());
            await client.ReportInitializationAsync(InvocationError.From(exception), cancellationToken);
            throw;
        }
    }

    /// <summary>An invocation that was received is answered even if the loop is cancelled meanwhile.</summary>
    private async Task HandleAsync(RuntimeApiClient client, Invocation invocation, ResponseBuffer response)
    {
        _environment.SetTraceId(invocation.TraceId);
        try
        {
            if (await TryHandleAsync(invocation, response) is { } error)
            {
                await client.RespondAsync(invocation, error, CancellationToken.None);
            }
            else
            {
                await client.RespondAsync(invocation, response.Written, CancellationToken.None);
            }
        }
        catch (RuntimeApiClientException exception) when (exception.StatusCode is { } status && (int)status < 500 && status is not (HttpStatusCode.Forbidden or HttpStatusCode.Gone))
        {
            // For example a response after the invocation's timeout. The next invocation is not affected.
            await _environment.Log.WriteLineAsync(exception.Message);
        }
    }

    private async Task<InvocationError?> TryHandleAsync(Invocation invocation, ResponseBuffer response)
    {
        response.Reset();
        try
        {
            using var input = new MemoryStream(
                invocation.Body.Array!, invocation.Body.Offset, invocation.Body.Count, writable: false, publiclyVisible: true);
            await _handler(input, new InvocationContext(invocation, _environment, _clock), response);
        }
        catch (Exception exception)
        {
            if (!response.IsOverLimit)
            {
                await _environment.Log.WriteLineAsync(exception.ToString());
                return InvocationError.From(exception);
            }
        }

        if (!response.IsOverLimit)
        {
            return null;
        }

        var message = $"The response is larger than the {MaxResponseSize} bytes that Lambda takes.";
        await _environment.Log.WriteLineAsync(message);
        return InvocationError.Make("Function.ResponseSizeTooLarge", message);
    }
}
