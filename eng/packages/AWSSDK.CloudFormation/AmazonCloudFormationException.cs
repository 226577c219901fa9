using System.Net;
using Amazon.Runtime;

namespace Amazon.CloudFormation;

/// <summary>An error of AWS CloudFormation, such as <c>ValidationError</c> for a stack that does not exist.</summary>
public class AmazonCloudFormationException : AmazonServiceException
{
    /// <summary>An error created by the caller, for tests.</summary>
    public AmazonCloudFormationException(string message)
        : base(message)
    {
    }

    /// <summary>An error returned by the service.</summary>
    public AmazonCloudFormationException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
