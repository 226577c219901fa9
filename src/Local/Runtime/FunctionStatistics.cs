namespace Analytics.Local.Runtime;

/// <summary>The statistics of a function.</summary>
/// <param name="Invocations">Number of invocations.</param>
/// <param name="Errors">Number of failed invocations: error responses, crashes, timeouts.</param>
/// <param name="Throttles">Number of throttled invocations.</param>
/// <param name="ColdStarts">Number of processes started.</param>
/// <param name="Duration">Total duration of invocations.</param>
/// <param name="MaxMemoryUsed">Maximum peak memory of its processes in MB.</param>
/// <param name="MaxInitDuration">Maximum initialization time of its processes.</param>
public readonly record struct FunctionStatistics(
    long Invocations, long Errors, long Throttles, long ColdStarts, TimeSpan Duration, int MaxMemoryUsed, TimeSpan MaxInitDuration);
