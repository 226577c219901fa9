using System.Globalization;
using System.Text;
using System.Text.Json;
using Analytics.Local.Services;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Analytics.Local.Runtime;

/// <summary>The Lambda Invoke API (https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html).</summary>
internal static class InvocationApi
{
    public static async Task<(WebApplication Server, Uri Endpoint)> StartAsync(
        LambdaService service, int port, CancellationToken cancellationToken)
    {
        var server = LoopbackServer.Create(port, static options => options.Limits.MaxRequestBodySize = null);
        server.MapPost("/2015-03-31/functions/{name}/invocations", context => InvokeAsync(context, service));
        try
        {
            await server.StartAsync(cancellationToken);
        }
        catch (IOException exception)
        {
            await server.DisposeAsync();
            throw new LambdaServiceException(
                $"Port {port} on 127.0.0.1 is in use. Use another port, or stop the process that listens on it.", exception);
        }

        return (server, LoopbackServer.GetAddress(server));
    }

    private static async Task InvokeAsync(HttpContext context, LambdaService service)
    {
        var name = FunctionName((string)context.Request.RouteValues["name"]!);
        if (!service.Contains(name))
        {
            await WriteErrorAsync(context, StatusCodes.Status404NotFound, "ResourceNotFoundException", $"Function not found: {name}");
            return;
        }

        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        if (body.Length > LambdaService.MaxPayloadBytes)
        {
            await WriteErrorAsync(
                context,
                StatusCodes.Status413PayloadTooLarge,
                "RequestTooLargeException",
                string.Create(CultureInfo.InvariantCulture, $"Request must be smaller than {LambdaService.MaxPayloadBytes} bytes for the InvokeFunction operation"));
            return;
        }

        ReadOnlyMemory<byte> payload = body.Length == 0 ? "{}"u8.ToArray() : body.ToArray();
        if (!IsJson(payload.Span))
        {
            await WriteErrorAsync(
                context, StatusCodes.Status400BadRequest, "InvalidRequestContentException", "Could not parse request body into json.");
            return;
        }

        var requestId = Guid.NewGuid().ToString();
        context.Response.Headers["x-amzn-RequestId"] = requestId;
        context.Response.Headers["X-Amz-Executed-Version"] = "$LATEST";
        switch (context.Request.Headers["X-Amz-Invocation-Type"].ToString())
        {
            case "DryRun":
                context.Response.StatusCode = StatusCodes.Status204NoContent;
                return;
            case "Event":
                context.Response.StatusCode = StatusCodes.Status202Accepted;
                _ = service.InvokeAsync(name, payload, null, requestId, CancellationToken.None);
                return;
        }

        InvocationResult result;
        try
        {
            result = await service.InvokeAsync(name, payload, null, requestId, context.RequestAborted);
        }
        catch (LambdaServiceException exception)
        {
            await WriteErrorAsync(context, StatusCodes.Status500InternalServerError, "ServiceException", exception.Message);
            return;
        }

        await WriteResultAsync(context, result);
    }

    private static async Task WriteResultAsync(HttpContext context, InvocationResult result)
    {
        var headers = context.Response.Headers;
        if (result.FunctionError is { } error)
        {
            headers["X-Amz-Function-Error"] = error;
        }

        if (context.Request.Headers["X-Amz-Log-Type"] == "Tail")
        {
            headers["X-Amz-Log-Result"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(result.LogTail));
        }

        if (result.IsThrottled)
        {
            headers["x-amzn-ErrorType"] = "TooManyRequestsException";
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        }

        context.Response.ContentType = "application/json";
        context.Response.ContentLength = result.Payload.Length;
        await context.Response.Body.WriteAsync(result.Payload, context.RequestAborted);
    }

    /// <summary>Returns the function name from a name, an ARN or a partial ARN, with or without a qualifier.</summary>
    private static string FunctionName(string given)
    {
        const string Marker = "function:";
        var at = given.IndexOf(Marker, StringComparison.Ordinal);
        var name = at < 0 ? given : given[(at + Marker.Length)..];
        var qualifier = name.IndexOf(':', StringComparison.Ordinal);
        return qualifier < 0 ? name : name[..qualifier];
    }

    private static bool IsJson(ReadOnlySpan<byte> payload)
    {
        var reader = new Utf8JsonReader(payload);
        try
        {
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static async Task WriteErrorAsync(HttpContext context, int status, string type, string message)
    {
        context.Response.StatusCode = status;
        context.Response.Headers["x-amzn-ErrorType"] = type;
        context.Response.ContentType = "application/json";
        await using var writer = new Utf8JsonWriter(context.Response.BodyWriter);
        writer.WriteStartObject();
        writer.WriteString("Type"u8, "User");
        writer.WriteString("Message"u8, message);
        writer.WriteEndObject();
    }
}
