using Analytics.Events.Definitions;

namespace Analytics.Counting;

/// <summary>A difference between a counter and its recount.</summary>
/// <param name="Counter">The counter's name.</param>
/// <param name="Window">The window's length.</param>
/// <param name="Start">The window's start, UTC.</param>
/// <param name="Value">The value, as <see cref="CounterValue.Value"/>; <c>(all)</c> for a window's total.</param>
/// <param name="Measure">The differing number: <c>count</c>, <c>sum</c>, <c>min</c>, <c>max</c>, <c>distinct</c>, <c>percentiles</c> or <c>last</c>.</param>
/// <param name="Expected">The recount.</param>
/// <param name="Actual">The counter's number.</param>
public sealed record CounterDifference(
    string Counter, CounterWindow Window, DateTimeOffset Start, string Value, string Measure, string Expected, string Actual);
