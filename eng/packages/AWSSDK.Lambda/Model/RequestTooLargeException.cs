using System.Net;
using Amazon.Runtime;

namespace Amazon.Lambda.Model;

/// <summary>The payload exceeds the limit.</summary>
public class RequestTooLargeException : AmazonLambdaException
{
    /// <summary>An error created by the caller, for tests.</summary>
    public RequestTooLargeException(string message)
        : base(message)
    {
    }

    /// <summary>An error returned by the service.</summary>
    public RequestTooLargeException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
