using System.Net;
using Amazon.Runtime;

namespace Amazon.Lambda.Model;

/// <summary>The payload is not JSON.</summary>
public class InvalidRequestContentException : AmazonLambdaException
{
    /// <summary>An error created by the caller, for tests.</summary>
    public InvalidRequestContentException(string message)
        : base(message)
    {
    }

    /// <summary>An error returned by the service.</summary>
    public InvalidRequestContentException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
