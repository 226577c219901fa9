using System.Net;
using Amazon.Runtime;

namespace Amazon.Lambda.Model;

/// <summary>A parameter is invalid.</summary>
public class InvalidParameterValueException : AmazonLambdaException
{
    /// <summary>An error created by the caller, for tests.</summary>
    public InvalidParameterValueException(string message)
        : base(message)
    {
    }

    /// <summary>An error returned by the service.</summary>
    public InvalidParameterValueException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
