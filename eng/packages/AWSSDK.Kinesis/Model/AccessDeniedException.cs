using System.Net;
using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>The caller may not do this.</summary>
public class AccessDeniedException : AmazonKinesisException
{
    /// <summary>An error of the caller's own making, for tests.</summary>
    public AccessDeniedException(string message)
        : base(message)
    {
    }

    /// <summary>An error that the service answered.</summary>
    public AccessDeniedException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
