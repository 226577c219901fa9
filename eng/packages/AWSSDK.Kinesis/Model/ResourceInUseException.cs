using System.Net;
using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>The stream exists already, or is not ACTIVE.</summary>
public class ResourceInUseException : AmazonKinesisException
{
    /// <summary>An error created by the caller, for tests.</summary>
    public ResourceInUseException(string message)
        : base(message)
    {
    }

    /// <summary>An error returned by the service.</summary>
    public ResourceInUseException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
