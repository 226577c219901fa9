using System.Net;
using Amazon.Runtime;

namespace Amazon.SimpleNotificationService.Model;

/// <summary>A parameter is invalid.</summary>
public class InvalidParameterException : AmazonSimpleNotificationServiceException
{
    /// <summary>An error created by the caller, for tests.</summary>
    public InvalidParameterException(string message)
        : base(message)
    {
    }

    /// <summary>An error returned by the service.</summary>
    public InvalidParameterException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
