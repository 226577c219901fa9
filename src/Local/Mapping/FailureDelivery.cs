using System.Net;
using Amazon.Runtime;

namespace Analytics.Local.Mapping;

/// <summary>The outcome of sending a failure record.</summary>
internal enum FailureDelivery
{
    /// <summary>The destination accepted it.</summary>
    Delivered,
    /// <summary>The destination rejected it permanently: it was deleted, access is denied, or the record is too large for a message.</summary>
    Refused,
    /// <summary>The mapping has no on-failure destination.</summary>
    NoDestination,
}

/// <summary>Distinguishes permanent rejection of a failure record from transient failures.</summary>
internal static class FailureRefusal
{
    /// <summary>Returns whether a retry would fail as well, because the service reported an error in the request.</summary>
    public static bool IsRefusal(Exception exception) =>
        exception is AmazonServiceException { Retryable: null } service
        && (int)service.StatusCode is >= 400 and < 500
        && service.StatusCode is not (HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests)
        && !IsThrottling(service.ErrorCode);

    // Query and JSON protocols reply to a throttled call with status 400.
    private static bool IsThrottling(string? code) =>
        code is not null && (code.Contains("Throttl", StringComparison.Ordinal) || code is "RequestLimitExceeded" or "SlowDown" or "BandwidthLimitExceeded");
}
