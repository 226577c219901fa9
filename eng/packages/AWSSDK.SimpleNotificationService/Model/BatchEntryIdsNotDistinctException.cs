using System.Net;
using Amazon.Runtime;

namespace Amazon.SimpleNotificationService.Model;

/// <summary>Two entries of a batch have the same identifier.</summary>
public class BatchEntryIdsNotDistinctException : AmazonSimpleNotificationServiceException
{
    /// <summary>An error created by the caller, for tests.</summary>
    public BatchEntryIdsNotDistinctException(string message)
        : base(message)
    {
    }

    /// <summary>An error returned by the service.</summary>
    public BatchEntryIdsNotDistinctException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
