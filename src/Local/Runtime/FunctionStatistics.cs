namespace Analytics.Local.Runtime;

/// <summary>What a function has done since it was added.</summary>
/// <param name="Invocations">Invocations that reached the function.</param>
/// <param name="Errors">Those that failed: an error answer, a crash, a time-out.</param>
/// <param name="Throttles">Those that were refused because the concurrency was used up.</param>
/// <param name="ColdStarts">Processes started.</param>
/// <param name="Duration">The time spent in invocations.</param>
/// <param name="MaxMemoryUsed">The highest peak of any of its processes, in MB.</param>
/// <param name="MaxInitDuration">The longest initialisation of any of its processes.</param>
public readonly record struct FunctionStatistics(
    long Invocations, long Errors, long Throttles, long ColdStarts, TimeSpan Duration, int MaxMemoryUsed, TimeSpan MaxInitDuration);
