using System.Net;
using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>A limit of streams, shards or calls is exceeded.</summary>
public class LimitExceededException : AmazonKinesisException
{
    /// <summary>An error created by the caller, for tests.</summary>
    public LimitExceededException(string message)
        : base(message)
    {
    }

    /// <summary>An error returned by the service.</summary>
    public LimitExceededException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
