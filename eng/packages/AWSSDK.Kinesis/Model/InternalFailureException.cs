using System.Net;
using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>The service failed within.</summary>
public class InternalFailureException : AmazonKinesisException
{
    /// <summary>An error of the caller's own making, for tests.</summary>
    public InternalFailureException(string message)
        : base(message)
    {
    }

    /// <summary>An error that the service answered.</summary>
    public InternalFailureException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
