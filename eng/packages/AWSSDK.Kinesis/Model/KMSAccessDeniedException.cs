using System.Net;
using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>The caller may not use the stream's encryption key.</summary>
public class KMSAccessDeniedException : AmazonKinesisException
{
    /// <summary>An error created by the caller, for tests.</summary>
    public KMSAccessDeniedException(string message)
        : base(message)
    {
    }

    /// <summary>An error returned by the service.</summary>
    public KMSAccessDeniedException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
