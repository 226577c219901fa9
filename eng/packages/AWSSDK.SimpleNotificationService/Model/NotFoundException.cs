using System.Net;
using Amazon.Runtime;

namespace Amazon.SimpleNotificationService.Model;

/// <summary>The topic or subscription does not exist.</summary>
public class NotFoundException : AmazonSimpleNotificationServiceException
{
    /// <summary>An error created by the caller, for tests.</summary>
    public NotFoundException(string message)
        : base(message)
    {
    }

    /// <summary>An error returned by the service.</summary>
    public NotFoundException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
