using System.Net;
using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>There is no such queue.</summary>
public class QueueDoesNotExistException : AmazonSQSException
{
    /// <summary>An error created by the caller, for tests.</summary>
    public QueueDoesNotExistException(string message)
        : base(message)
    {
    }

    /// <summary>An error returned by the service.</summary>
    public QueueDoesNotExistException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
