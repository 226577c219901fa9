using Analytics.Events.Definitions;

namespace Analytics.Counting.Committing;

/// <summary>A counter's window: that within which its values are limited.</summary>
internal readonly record struct GroupKey(int Counter, CounterWindow Window, long StartTicks);
