using System.Net;
using Amazon.Runtime;

namespace Amazon.Lambda;

/// <summary>An error of AWS Lambda.</summary>
public class AmazonLambdaException : AmazonServiceException
{
    /// <summary>An error of the caller's own making, for tests.</summary>
    public AmazonLambdaException(string message)
        : base(message)
    {
    }

    /// <summary>An error that the service answered.</summary>
    public AmazonLambdaException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
