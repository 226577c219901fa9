using System.Net;
using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>Too many calls to the key service.</summary>
public class KMSThrottlingException : AmazonKinesisException
{
    /// <summary>An error of the caller's own making, for tests.</summary>
    public KMSThrottlingException(string message)
        : base(message)
    {
    }

    /// <summary>An error that the service answered.</summary>
    public KMSThrottlingException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
