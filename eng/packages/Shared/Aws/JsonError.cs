using System.Net;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Amazon.Util;

namespace Amazon.Protocols;

/// <summary>Reads an error in one of the JSON protocols.</summary>
internal static class JsonError
{
    /// <summary>The header in which services migrated from the Query protocol return their old error code, as <c>code;Sender</c>.</summary>
    private const string QueryError = "x-amzn-query-error";

    public static ErrorResponse Read(JsonUnmarshallerContext input, Exception innerException, HttpStatusCode statusCode)
    {
        var headers = input.ResponseData;
        var error = new ErrorResponse
        {
            Type = (int)statusCode < 500 ? ErrorType.Sender : ErrorType.Receiver,
            InnerException = innerException,
            StatusCode = statusCode,
            RequestId = headers.GetHeaderValue(HeaderKeys.RequestIdHeader),
            Code = ShapeName(headers.GetHeaderValue(HeaderKeys.XAmzErrorType)),
        };
        using (var body = ResponseBody.Read(input.Stream, headers.ContentLength))
        {
            ReadBody(body.Bytes, error);
        }

        if (headers.GetHeaderValue(QueryError) is { Length: > 0 } queryError && queryError.IndexOf(';') is var at and > 0)
        {
            error.Code = queryError[..at];
        }

        error.Message ??= $"The service answered with status {(int)statusCode} and no message.";
        return error;
    }

    private static void ReadBody(ReadOnlyMemory<byte> body, ErrorResponse error)
    {
        if (body.IsEmpty)
        {
            return;
        }

        try
        {
            using var json = JsonDocument.Parse(body);
            error.Code ??= ShapeName(json.RootElement.Text("__type"u8));
            error.Message = json.RootElement.Text("message"u8) ?? json.RootElement.Text("Message"u8);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Not a response of the service but, for example, a proxy's page: only the status is known.
            error.Message = null;
        }
    }

    /// <summary>A shape's bare name, from <c>namespace#Name</c> or <c>Name:URL</c>.</summary>
    private static string? ShapeName(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        var name = text.AsSpan()[(text.IndexOf('#') + 1)..];
        var colon = name.IndexOf(':');
        return (colon < 0 ? name : name[..colon]).ToString();
    }
}
