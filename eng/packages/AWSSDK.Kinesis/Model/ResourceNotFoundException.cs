using System.Net;
using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>The stream or shard does not exist.</summary>
public class ResourceNotFoundException : AmazonKinesisException
{
    /// <summary>An error created by the caller, for tests.</summary>
    public ResourceNotFoundException(string message)
        : base(message)
    {
    }

    /// <summary>An error returned by the service.</summary>
    public ResourceNotFoundException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
