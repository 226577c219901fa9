namespace Analytics.Local.Services;

/// <summary>What becomes of a call to a service.</summary>
public enum ServiceFaultKind
{
    /// <summary>It is passed on, and its reply passed back.</summary>
    None,

    /// <summary>It is refused as one too many, in the service's own words, and not executed.</summary>
    Throttle,

    /// <summary>It fails with status 500 and is not executed.</summary>
    ServerError,

    /// <summary>It is executed, but the connection ends instead of the reply.</summary>
    DropReply,

    /// <summary>The connection ends at once, and it is not executed.</summary>
    Refuse,
}

/// <summary>What becomes of a call to a service, and how long that takes.</summary>
/// <param name="Kind">What becomes of it.</param>
/// <param name="Delay">The wait before.</param>
public readonly record struct ServiceFault(ServiceFaultKind Kind, TimeSpan Delay = default);
