using System.Net;
using Amazon.Runtime;

namespace Amazon.Lambda.Model;

/// <summary>The concurrency limit is exceeded: retry at a lower rate.</summary>
public class TooManyRequestsException : AmazonLambdaException
{
    /// <summary>An error created by the caller, for tests.</summary>
    public TooManyRequestsException(string message)
        : base(message)
    {
    }

    /// <summary>An error returned by the service.</summary>
    public TooManyRequestsException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
