using System.Net;
using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>The messages of a batch are too long together.</summary>
public class BatchRequestTooLongException : AmazonSQSException
{
    /// <summary>An error created by the caller, for tests.</summary>
    public BatchRequestTooLongException(string message)
        : base(message)
    {
    }

    /// <summary>An error returned by the service.</summary>
    public BatchRequestTooLongException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
