using System.Net;
using Amazon.Runtime;

namespace Amazon.Lambda.Model;

/// <summary>The service failed internally.</summary>
public class ServiceException : AmazonLambdaException
{
    /// <summary>An error created by the caller, for tests.</summary>
    public ServiceException(string message)
        : base(message)
    {
    }

    /// <summary>An error returned by the service.</summary>
    public ServiceException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
