using System.Net;
using Amazon.Runtime;

namespace Amazon.SimpleNotificationService.Model;

/// <summary>A parameter is not as it has to be.</summary>
public class InvalidParameterException : AmazonSimpleNotificationServiceException
{
    /// <summary>An error of the caller's own making, for tests.</summary>
    public InvalidParameterException(string message)
        : base(message)
    {
    }

    /// <summary>An error that the service answered.</summary>
    public InvalidParameterException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
