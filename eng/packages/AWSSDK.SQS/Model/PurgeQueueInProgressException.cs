using System.Net;
using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>The queue was purged within the last minute.</summary>
public class PurgeQueueInProgressException : AmazonSQSException
{
    /// <summary>An error created by the caller, for tests.</summary>
    public PurgeQueueInProgressException(string message)
        : base(message)
    {
    }

    /// <summary>An error returned by the service.</summary>
    public PurgeQueueInProgressException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
