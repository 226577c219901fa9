namespace Analytics.Performance.Pipelines;

/// <summary>A run of the command.</summary>
/// <param name="Events">The number of events.</param>
/// <param name="Elapsed">The time from the first event sent to the last one processed by all functions.</param>
/// <param name="CommandMegabytes">The peak memory of the command.</param>
/// <param name="ServicesMegabytes">The peak memory of the local services.</param>
internal sealed record LocalRun(int Events, TimeSpan Elapsed, double CommandMegabytes, double ServicesMegabytes);
