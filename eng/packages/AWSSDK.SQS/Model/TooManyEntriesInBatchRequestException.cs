using System.Net;
using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>A batch has more than 10 entries.</summary>
public class TooManyEntriesInBatchRequestException : AmazonSQSException
{
    /// <summary>An error created by the caller, for tests.</summary>
    public TooManyEntriesInBatchRequestException(string message)
        : base(message)
    {
    }

    /// <summary>An error returned by the service.</summary>
    public TooManyEntriesInBatchRequestException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
