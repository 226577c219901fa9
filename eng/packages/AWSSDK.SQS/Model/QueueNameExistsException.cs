using System.Net;
using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>There is a queue of this name with other attributes.</summary>
public class QueueNameExistsException : AmazonSQSException
{
    /// <summary>An error created by the caller, for tests.</summary>
    public QueueNameExistsException(string message)
        : base(message)
    {
    }

    /// <summary>An error returned by the service.</summary>
    public QueueNameExistsException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
