using System.Net;
using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>More messages are in flight than a queue may have.</summary>
public class OverLimitException : AmazonSQSException
{
    /// <summary>An error of the caller's own making, for tests.</summary>
    public OverLimitException(string message)
        : base(message)
    {
    }

    /// <summary>An error that the service answered.</summary>
    public OverLimitException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
