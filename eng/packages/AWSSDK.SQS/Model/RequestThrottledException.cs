using System.Net;
using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>Too many calls: retry at a lower rate.</summary>
public class RequestThrottledException : AmazonSQSException
{
    /// <summary>An error created by the caller, for tests.</summary>
    public RequestThrottledException(string message)
        : base(message)
    {
    }

    /// <summary>An error returned by the service.</summary>
    public RequestThrottledException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
