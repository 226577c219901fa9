using System.Net;
using Amazon.Runtime;

namespace Amazon.Lambda.Model;

/// <summary>A parameter is not as it has to be.</summary>
public class InvalidParameterValueException : AmazonLambdaException
{
    /// <summary>An error of the caller's own making, for tests.</summary>
    public InvalidParameterValueException(string message)
        : base(message)
    {
    }

    /// <summary>An error that the service answered.</summary>
    public InvalidParameterValueException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
