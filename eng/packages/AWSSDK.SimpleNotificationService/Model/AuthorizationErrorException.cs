using System.Net;
using Amazon.Runtime;

namespace Amazon.SimpleNotificationService.Model;

/// <summary>The caller lacks the permission.</summary>
public class AuthorizationErrorException : AmazonSimpleNotificationServiceException
{
    /// <summary>An error created by the caller, for tests.</summary>
    public AuthorizationErrorException(string message)
        : base(message)
    {
    }

    /// <summary>An error returned by the service.</summary>
    public AuthorizationErrorException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
