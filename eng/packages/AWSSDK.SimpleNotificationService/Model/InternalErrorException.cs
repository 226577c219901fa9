using System.Net;
using Amazon.Runtime;

namespace Amazon.SimpleNotificationService.Model;

/// <summary>The service failed within.</summary>
public class InternalErrorException : AmazonSimpleNotificationServiceException
{
    /// <summary>An error of the caller's own making, for tests.</summary>
    public InternalErrorException(string message)
        : base(message)
    {
    }

    /// <summary>An error that the service answered.</summary>
    public InternalErrorException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
