using System.Net;
using Amazon.Runtime;

namespace Amazon.SimpleNotificationService.Model;

/// <summary>The messages of a batch are longer than 256 KiB together.</summary>
public class BatchRequestTooLongException : AmazonSimpleNotificationServiceException
{
    /// <summary>An error of the caller's own making, for tests.</summary>
    public BatchRequestTooLongException(string message)
        : base(message)
    {
    }

    /// <summary>An error that the service answered.</summary>
    public BatchRequestTooLongException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
