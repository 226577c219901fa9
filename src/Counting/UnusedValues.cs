namespace Analytics.Counting;

/// <summary>The number of values that a counter could not count for one reason.</summary>
/// <param name="Counter">The counter's name, from the definitions.</param>
/// <param name="Reason">The reason.</param>
/// <param name="Count">The number of values.</param>
public readonly record struct UnusedValues(string Counter, UnusedReason Reason, long Count);
