namespace Analytics.Local.Services;

/// <summary>The fault of a call to a service.</summary>
public enum ServiceFaultKind
{
    /// <summary>No fault: the call and its reply are forwarded.</summary>
    None,

    /// <summary>The call is rejected with the service's throttling error and not executed.</summary>
    Throttle,

    /// <summary>The call fails with status 500 and is not executed.</summary>
    ServerError,

    /// <summary>The call is executed, but the connection is closed instead of a reply.</summary>
    DropReply,

    /// <summary>The connection is closed at once, and the call is not executed.</summary>
    Refuse,
}

/// <summary>The fault of a call to a service, and its delay.</summary>
/// <param name="Kind">The fault.</param>
/// <param name="Delay">The delay before the call.</param>
public readonly record struct ServiceFault(ServiceFaultKind Kind, TimeSpan Delay = default);
