namespace Analytics.Local.Runtime;

/// <summary>How an invocation went, for metrics.</summary>
/// <param name="Duration">The time that it took.</param>
/// <param name="IsError">Whether it failed: an error answer, a crash, a time-out.</param>
/// <param name="IsThrottled">Whether it was refused because the concurrency was used up.</param>
public readonly record struct InvocationReport(TimeSpan Duration, bool IsError, bool IsThrottled);
