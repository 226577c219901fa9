using System.Net;
using Amazon.Runtime;

namespace Amazon.Lambda.Model;

/// <summary>The payload is over the limit.</summary>
public class RequestTooLargeException : AmazonLambdaException
{
    /// <summary>An error of the caller's own making, for tests.</summary>
    public RequestTooLargeException(string message)
        : base(message)
    {
    }

    /// <summary>An error that the service answered.</summary>
    public RequestTooLargeException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
