using Amazon.Runtime;

namespace Analytics.Streaming;

/// <summary>Describes failures without record contents: types, AWS error codes, status codes and request IDs.</summary>
public static class FailureText
{
    /// <summary>Returns one line, for example <c>AmazonDynamoDBException ThrottlingException, HTTP 400, request 4KB…</c>.</summary>
    public static string Create(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        var text = exception is AmazonServiceException { ErrorCode: { Length: > 0 } code } service
            ? $"{exception.GetType().Name} {code}, HTTP {(int)service.StatusCode}, request {service.RequestId}"
            : exception.GetType().Name;
        return exception.InnerException is { } inner ? $"{text} <- {Create(inner)}" : text;
    }
}
