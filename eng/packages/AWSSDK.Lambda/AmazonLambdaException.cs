using System.Net;
using Amazon.Runtime;

namespace Amazon.Lambda;

/// <summary>An error of AWS Lambda.</summary>
public class AmazonLambdaException : AmazonServiceException
{
    /// <summary>An error created by the caller, for tests.</summary>
    public AmazonLambdaException(string message)
        : base(message)
    {
    }

    /// <summary>An error returned by the service.</summary>
    public AmazonLambdaException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
