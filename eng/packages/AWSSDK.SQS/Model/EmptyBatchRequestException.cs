using System.Net;
using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>A batch has no entries.</summary>
public class EmptyBatchRequestException : AmazonSQSException
{
    /// <summary>An error created by the caller, for tests.</summary>
    public EmptyBatchRequestException(string message)
        : base(message)
    {
    }

    /// <summary>An error returned by the service.</summary>
    public EmptyBatchRequestException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
