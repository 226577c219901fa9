using System.Net;
using Amazon.Runtime;

namespace Amazon.Lambda.Model;

/// <summary>The function is being changed.</summary>
public class ResourceConflictException : AmazonLambdaException
{
    /// <summary>An error created by the caller, for tests.</summary>
    public ResourceConflictException(string message)
        : base(message)
    {
    }

    /// <summary>An error returned by the service.</summary>
    public ResourceConflictException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
