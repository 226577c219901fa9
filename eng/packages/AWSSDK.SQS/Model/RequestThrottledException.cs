using System.Net;
using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>Too many calls: try again, more slowly.</summary>
public class RequestThrottledException : AmazonSQSException
{
    /// <summary>An error of the caller's own making, for tests.</summary>
    public RequestThrottledException(string message)
        : base(message)
    {
    }

    /// <summary>An error that the service answered.</summary>
    public RequestThrottledException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
