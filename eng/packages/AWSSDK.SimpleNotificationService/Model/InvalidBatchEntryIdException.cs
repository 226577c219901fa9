using System.Net;
using Amazon.Runtime;

namespace Amazon.SimpleNotificationService.Model;

/// <summary>An entry's identifier is invalid: it must have up to 80 letters, digits, hyphens and underscores.</summary>
public class InvalidBatchEntryIdException : AmazonSimpleNotificationServiceException
{
    /// <summary>An error created by the caller, for tests.</summary>
    public InvalidBatchEntryIdException(string message)
        : base(message)
    {
    }

    /// <summary>An error returned by the service.</summary>
    public InvalidBatchEntryIdException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
