using System.Net;
using Amazon.Runtime;

namespace Amazon.Lambda.Model;

/// <summary>More invocations than the concurrency allows: try again, more slowly.</summary>
public class TooManyRequestsException : AmazonLambdaException
{
    /// <summary>An error of the caller's own making, for tests.</summary>
    public TooManyRequestsException(string message)
        : base(message)
    {
    }

    /// <summary>An error that the service answered.</summary>
    public TooManyRequestsException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
