using System.Net;
using Amazon.Runtime;

namespace Amazon.SQS;

/// <summary>An error of Amazon SQS.</summary>
public class AmazonSQSException : AmazonServiceException
{
    /// <summary>An error created by the caller, for tests.</summary>
    public AmazonSQSException(string message)
        : base(message)
    {
    }

    /// <summary>An error returned by the service.</summary>
    public AmazonSQSException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
