using System.Net;
using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>The shards' throughput is exceeded: retry at a lower rate.</summary>
public class ProvisionedThroughputExceededException : AmazonKinesisException
{
    /// <summary>An error created by the caller, for tests.</summary>
    public ProvisionedThroughputExceededException(string message)
        : base(message)
    {
    }

    /// <summary>An error returned by the service.</summary>
    public ProvisionedThroughputExceededException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
