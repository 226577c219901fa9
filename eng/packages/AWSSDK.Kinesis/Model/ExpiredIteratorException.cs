using System.Net;
using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>The shard iterator is older than five minutes: get another.</summary>
public class ExpiredIteratorException : AmazonKinesisException
{
    /// <summary>An error of the caller's own making, for tests.</summary>
    public ExpiredIteratorException(string message)
        : base(message)
    {
    }

    /// <summary>An error that the service answered.</summary>
    public ExpiredIteratorException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
