using System.Net;
using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>The key that encrypts the stream may not be used by the caller.</summary>
public class KMSAccessDeniedException : AmazonKinesisException
{
    /// <summary>An error of the caller's own making, for tests.</summary>
    public KMSAccessDeniedException(string message)
        : base(message)
    {
    }

    /// <summary>An error that the service answered.</summary>
    public KMSAccessDeniedException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
