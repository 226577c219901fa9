using System.Net;
using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>More streams, shards or calls than are allowed.</summary>
public class LimitExceededException : AmazonKinesisException
{
    /// <summary>An error of the caller's own making, for tests.</summary>
    public LimitExceededException(string message)
        : base(message)
    {
    }

    /// <summary>An error that the service answered.</summary>
    public LimitExceededException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
