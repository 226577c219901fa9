using System.Net;
using Amazon.Runtime;

namespace Amazon.SimpleNotificationService.Model;

/// <summary>The account's limit of subscriptions is reached.</summary>
public class SubscriptionLimitExceededException : AmazonSimpleNotificationServiceException
{
    /// <summary>An error created by the caller, for tests.</summary>
    public SubscriptionLimitExceededException(string message)
        : base(message)
    {
    }

    /// <summary>An error returned by the service.</summary>
    public SubscriptionLimitExceededException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
