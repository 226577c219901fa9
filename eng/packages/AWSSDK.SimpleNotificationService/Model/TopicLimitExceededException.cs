using System.Net;
using Amazon.Runtime;

namespace Amazon.SimpleNotificationService.Model;

/// <summary>The account's limit of topics is reached.</summary>
public class TopicLimitExceededException : AmazonSimpleNotificationServiceException
{
    /// <summary>An error created by the caller, for tests.</summary>
    public TopicLimitExceededException(string message)
        : base(message)
    {
    }

    /// <summary>An error returned by the service.</summary>
    public TopicLimitExceededException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
