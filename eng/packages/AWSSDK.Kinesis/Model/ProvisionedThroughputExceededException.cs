using System.Net;
using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>More than the shards take or give: try again, more slowly.</summary>
public class ProvisionedThroughputExceededException : AmazonKinesisException
{
    /// <summary>An error of the caller's own making, for tests.</summary>
    public ProvisionedThroughputExceededException(string message)
        : base(message)
    {
    }

    /// <summary>An error that the service answered.</summary>
    public ProvisionedThroughputExceededException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
