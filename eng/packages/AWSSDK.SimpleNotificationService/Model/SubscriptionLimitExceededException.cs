using System.Net;
using Amazon.Runtime;

namespace Amazon.SimpleNotificationService.Model;

/// <summary>The account has as many subscriptions as it may.</summary>
public class SubscriptionLimitExceededException : AmazonSimpleNotificationServiceException
{
    /// <summary>An error of the caller's own making, for tests.</summary>
    public SubscriptionLimitExceededException(string message)
        : base(message)
    {
    }

    /// <summary>An error that the service answered.</summary>
    public SubscriptionLimitExceededException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
