using System.Net;
using Amazon.Runtime;

namespace Amazon.Kinesis;

/// <summary>An error of Amazon Kinesis.</summary>
public class AmazonKinesisException : AmazonServiceException
{
    /// <summary>An error created by the caller, for tests.</summary>
    public AmazonKinesisException(string message)
        : base(message)
    {
    }

    /// <summary>An error returned by the service.</summary>
    public AmazonKinesisException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
