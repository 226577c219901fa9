using System.Net;
using Amazon.Runtime;

namespace Amazon.SimpleNotificationService.Model;

/// <summary>There is no such topic or subscription.</summary>
public class NotFoundException : AmazonSimpleNotificationServiceException
{
    /// <summary>An error of the caller's own making, for tests.</summary>
    public NotFoundException(string message)
        : base(message)
    {
    }

    /// <summary>An error that the service answered.</summary>
    public NotFoundException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
