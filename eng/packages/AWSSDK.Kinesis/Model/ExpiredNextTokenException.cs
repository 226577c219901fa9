using System.Net;
using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>The token for the next page is older than five minutes: list again.</summary>
public class ExpiredNextTokenException : AmazonKinesisException
{
    /// <summary>An error created by the caller, for tests.</summary>
    public ExpiredNextTokenException(string message)
        : base(message)
    {
    }

    /// <summary>An error returned by the service.</summary>
    public ExpiredNextTokenException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
