using System.Net;
using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>The service failed internally.</summary>
public class InternalFailureException : AmazonKinesisException
{
    /// <summary>An error created by the caller, for tests.</summary>
    public InternalFailureException(string message)
        : base(message)
    {
    }

    /// <summary>An error returned by the service.</summary>
    public InternalFailureException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
