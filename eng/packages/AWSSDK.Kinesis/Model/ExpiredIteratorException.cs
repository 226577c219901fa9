using System.Net;
using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>The shard iterator is older than five minutes: get a new one.</summary>
public class ExpiredIteratorException : AmazonKinesisException
{
    /// <summary>An error created by the caller, for tests.</summary>
    public ExpiredIteratorException(string message)
        : base(message)
    {
    }

    /// <summary>An error returned by the service.</summary>
    public ExpiredIteratorException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
