using System.Net;
using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>An identifier of an entry is not of up to 80 letters, digits, hyphens and underscores.</summary>
public class InvalidBatchEntryIdException : AmazonSQSException
{
    /// <summary>An error of the caller's own making, for tests.</summary>
    public InvalidBatchEntryIdException(string message)
        : base(message)
    {
    }

    /// <summary>An error that the service answered.</summary>
    public InvalidBatchEntryIdException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
