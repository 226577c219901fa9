using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;
using Analytics.Local.Services;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Analytics.Performance.Comparing;

/// <summary>A minimal Lambda Runtime API for one process, the same for every design. It takes the times of its requests.</summary>
internal sealed class MinimalRuntimeApi : IAsyncDisposable
{
    private const string Prefix = "/2018-06-01/runtime/";
    private static readonly TimeSpan FunctionTimeout = TimeSpan.FromMinutes(15);

    private readonly Channel<byte[]> _events = Channel.CreateBounded<byte[]>(1);
    private readonly TaskCompletionSource<long> _firstNext = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly WebApplication _server;
    private TaskCompletionSource<(long Time, string Body)> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _sent;

    private MinimalRuntimeApi()
    {
        _server = LoopbackServer.Create(configure: static options => options.Limits.MaxRequestBodySize = null);
        _server.Run(HandleAsync);
    }

    /// <summary><c>127.0.0.1:port</c>, for <c>AWS_LAMBDA_RUNTIME_API</c>.</summary>
    public string Authority => LoopbackServer.GetAddress(_server).Authority;

    /// <summary>The timestamp of the first request for an invocation.</summary>
    public Task<long> FirstNext => _firstNext.Task;

    /// <summary>Starts listening. The server has handled a request, so that it is not slow with the first one of a function.</summary>
    public static async Task<MinimalRuntimeApi> StartAsync()
    {
        var api = new MinimalRuntimeApi();
        await api._server.StartAsync();
        using var client = new HttpClient();
        using var reply = await client.GetAsync(new Uri($"http://{api.Authority}/"));
        return api;
    }

    /// <summary>Sends an event to the process and waits for its response.</summary>
    /// <returns>The timestamps of the event and of the response, and the response.</returns>
    public async Task<(long Sent, long Answered, string Body)> InvokeAsync(byte[] body)
    {
        _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await _events.Writer.WriteAsync(body);
        var (time, answer) = await _answer.Task;
        return (_sent, time, answer);
    }

    /// <summary>Fails the current invocation, because the process has ended.</summary>
    public void Fail(Exception exception)
    {
        _firstNext.TrySetException(exception);
        _answer.TrySetException(exception);
    }

    public async ValueTask DisposeAsync() => await LoopbackServer.StopNowAsync(_server);

    private async Task HandleAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        if (path == Prefix + "invocation/next")
        {
            _firstNext.TrySetResult(Stopwatch.GetTimestamp());
            await SendNextAsync(context);
        }
        else if (path.StartsWith(Prefix, StringComparison.Ordinal))
        {
            using var reader = new StreamReader(context.Request.Body);
            var body = await reader.ReadToEndAsync(context.RequestAborted);
            var time = Stopwatch.GetTimestamp();
            context.Response.StatusCode = StatusCodes.Status202Accepted;
            await context.Response.CompleteAsync();
            _answer.TrySetResult((time, body));
        }
    }

    private async Task SendNextAsync(HttpContext context)
    {
        byte[] body;
        try
        {
            body = await _events.Reader.ReadAsync(context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        var headers = context.Response.Headers;
        headers["Lambda-Runtime-Aws-Request-Id"] = Guid.NewGuid().ToString();
        headers["Lambda-Runtime-Deadline-Ms"] = (DateTimeOffset.UtcNow + FunctionTimeout).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        headers["Lambda-Runtime-Invoked-Function-Arn"] = "arn:aws:lambda:us-east-1:000000000000:function:bench";
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        _sent = Stopwatch.GetTimestamp();
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }
}
