namespace Analytics.Performance.Pipelines;

/// <summary>The age of events when they can be read.</summary>
/// <param name="Windows">The batching windows.</param>
/// <param name="Rate">Events put per second.</param>
/// <param name="Median">The median age.</param>
/// <param name="Percentile99">The 99th percentile of the age.</param>
/// <param name="Mapping">The mean time until the function is invoked: reading the stream, and the batching window.</param>
/// <param name="Function">The mean duration of the function Counters, with its calls.</param>
/// <param name="Reading">The mean time from the function's response until the reader has the events.</param>
internal sealed record Freshness(string Windows, double Rate, TimeSpan Median, TimeSpan Percentile99, TimeSpan Mapping, TimeSpan Function, TimeSpan Reading);
