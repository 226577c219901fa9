using System.Net;
using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>The receipt handle is not one of this queue, or no longer.</summary>
public class ReceiptHandleIsInvalidException : AmazonSQSException
{
    /// <summary>An error created by the caller, for tests.</summary>
    public ReceiptHandleIsInvalidException(string message)
        : base(message)
    {
    }

    /// <summary>An error returned by the service.</summary>
    public ReceiptHandleIsInvalidException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
