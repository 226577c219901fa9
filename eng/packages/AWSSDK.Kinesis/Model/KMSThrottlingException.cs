using System.Net;
using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>Too many calls to the key service.</summary>
public class KMSThrottlingException : AmazonKinesisException
{
    /// <summary>An error created by the caller, for tests.</summary>
    public KMSThrottlingException(string message)
        : base(message)
    {
    }

    /// <summary>An error returned by the service.</summary>
    public KMSThrottlingException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
