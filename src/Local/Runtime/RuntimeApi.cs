using System.Globalization;
using Analytics.Local.Services;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Analytics.Local.Runtime;

/// <summary>
/// The Lambda Runtime API (https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html) for one process.
/// Each process has a separate port, because requests do not identify their process.
/// </summary>
internal sealed class RuntimeApi : IAsyncDisposable
{
    private const string Prefix = "/2018-06-01/runtime";
    private readonly WebApplication _server;

    private RuntimeApi(WebApplication server) => _server = server;

    /// <summary><c>127.0.0.1:port</c>, for <c>AWS_LAMBDA_RUNTIME_API</c>.</summary>
    public string Authority { get; private set; } = "";

    public static async Task<RuntimeApi> StartAsync(
        RuntimeProcess process, FunctionConfiguration function, CancellationToken cancellationToken)
    {
        var server = LoopbackServer.Create(configure: static options => options.Limits.MaxRequestBodySize = null);
        server.MapGet(Prefix + "/invocation/next", context => NextAsync(context, process, function));
        server.MapPost(Prefix + "/invocation/{id}/response", context => AnswerAsync(context, process, isError: false));
        server.MapPost(Prefix + "/invocation/{id}/error", context => AnswerAsync(context, process, isError: true));
        server.MapPost(Prefix + "/init/error", context => FailInitializationAsync(context, process));
        await server.StartAsync(cancellationToken);

        return new RuntimeApi(server) { Authority = LoopbackServer.GetAddress(server).Authority };
    }

    public async ValueTask DisposeAsync() => await LoopbackServer.StopNowAsync(_server);

    private static async Task NextAsync(HttpContext context, RuntimeProcess process, FunctionConfiguration function)
    {
        ProcessInvocation invocation;
        try
        {
            invocation = await process.NextAsync(context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        var headers = context.Response.Headers;
        headers["Lambda-Runtime-Aws-Request-Id"] = invocation.RequestId;
        headers["Lambda-Runtime-Deadline-Ms"] = invocation.Deadline.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        headers["Lambda-Runtime-Invoked-Function-Arn"] = function.Arn;
        headers["Lambda-Runtime-Trace-Id"] = string.Create(
            CultureInfo.InvariantCulture,
            $"Root=1-{invocation.Deadline.ToUnixTimeSeconds():x8}-{Guid.NewGuid().ToString("N")[..24]};Parent={Guid.NewGuid().ToString("N")[..16]};Sampled=0");
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = invocation.Payload.Length;
        await context.Response.Body.WriteAsync(invocation.Payload, context.RequestAborted);
        invocation.Take();
    }

    private static async Task AnswerAsync(HttpContext context, RuntimeProcess process, bool isError)
    {
        var body = await ReadBodyAsync(context);
        var answer = new InvocationAnswer(body, isError);
        var status = StatusCodes.Status202Accepted;
        if (body.Length > LambdaService.MaxPayloadBytes)
        {
            status = StatusCodes.Status413PayloadTooLarge;
            answer = new InvocationAnswer(ErrorPayload.ResponseTooLarge(body.Length), IsError: true);
        }

        if (!process.TryAnswer((string)context.Request.RouteValues["id"]!, answer))
        {
            await WriteAsync(context, StatusCodes.Status400BadRequest, """{"errorMessage":"Invalid request ID","errorType":"InvalidRequestID"}""");
            return;
        }

        await WriteAsync(context, status, """{"status":"OK"}""");
    }

    private static async Task FailInitializationAsync(HttpContext context, RuntimeProcess process)
    {
        process.FailInitialization(await ReadBodyAsync(context));
        await WriteAsync(context, StatusCodes.Status202Accepted, """{"status":"OK"}""");
    }

    private static async Task<byte[]> ReadBodyAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        return body.ToArray();
    }

    private static Task WriteAsync(HttpContext context, int status, string json)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(json, context.RequestAborted);
    }
}
