using System.Net;
using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>A parameter is invalid.</summary>
public class InvalidArgumentException : AmazonKinesisException
{
    /// <summary>An error created by the caller, for tests.</summary>
    public InvalidArgumentException(string message)
        : base(message)
    {
    }

    /// <summary>An error returned by the service.</summary>
    public InvalidArgumentException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
