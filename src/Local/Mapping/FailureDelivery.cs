using System.Net;
using Amazon.Runtime;

namespace Analytics.Local.Mapping;

/// <summary>The outcome of sending a failure record.</summary>
internal enum FailureDelivery
{
    /// <summary>The destination took it.</summary>
    Delivered,
    /// <summary>The destination refused it, and would again: it is gone, access is denied, or the record is larger than a message may be.</summary>
    Refused,
    /// <summary>The mapping has no on-failure destination.</summary>
    NoDestination,
}

/// <summary>Tells a destination that refuses a failure record from one that cannot be reached now.</summary>
internal static class FailureRefusal
{
    /// <summary>Whether sending again would fail again: the service answered that the request itself is at fault.</summary>
    public static bool IsRefusal(Exception exception) =>
        exception is AmazonServiceException { Retryable: null } service
        && (int)service.StatusCode is >= 400 and < 500
        && service.StatusCode is not (HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests)
        && !IsThrottling(service.ErrorCode);

    // Query and JSON protocols answer a throttled call with status 400.
    private static bool IsThrottling(string? code) =>
        code is not null && (code.Contains("Throttl", StringComparison.Ordinal) || code is "RequestLimitExceeded" or "SlowDown" or "BandwidthLimitExceeded");
}
