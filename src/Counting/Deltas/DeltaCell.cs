using Analytics.Counting.Tallies;

namespace Analytics.Counting.Deltas;

/// <summary>The numbers of a delta for one counter, window and value.</summary>
/// <param name="Counter">The counter.</param>
/// <param name="StartTicks">The start, in UTC ticks, of one of the counter's shortest windows.</param>
/// <param name="Value">The value as stored in the table.</param>
/// <param name="Tally">The numbers.</param>
internal readonly record struct DeltaCell(PlannedCounter Counter, long StartTicks, string Value, Tally Tally);
