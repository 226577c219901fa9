namespace Analytics.Local.Runtime;

/// <summary>The result of an invocation, for metrics.</summary>
/// <param name="Duration">The duration.</param>
/// <param name="IsError">Whether it failed: an error response, a crash, a timeout.</param>
/// <param name="IsThrottled">Whether it was throttled.</param>
public readonly record struct InvocationReport(TimeSpan Duration, bool IsError, bool IsThrottled);
