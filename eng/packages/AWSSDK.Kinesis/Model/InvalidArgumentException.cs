using System.Net;
using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>A parameter is not as it has to be.</summary>
public class InvalidArgumentException : AmazonKinesisException
{
    /// <summary>An error of the caller's own making, for tests.</summary>
    public InvalidArgumentException(string message)
        : base(message)
    {
    }

    /// <summary>An error that the service answered.</summary>
    public InvalidArgumentException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
