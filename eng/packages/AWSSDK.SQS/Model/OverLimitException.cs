using System.Net;
using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>The limit of in-flight messages is exceeded.</summary>
public class OverLimitException : AmazonSQSException
{
    /// <summary>An error created by the caller, for tests.</summary>
    public OverLimitException(string message)
        : base(message)
    {
    }

    /// <summary>An error returned by the service.</summary>
    public OverLimitException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
