using Analytics.Streaming;

namespace Analytics.Results;

/// <summary>The settings for all items.</summary>
/// <param name="Bounds">The bounds of plausible event times.</param>
/// <param name="Retention">The time that an item is kept after the later of its event's time and its write.</param>
internal sealed record ResultSettings(EventTimeBounds Bounds, TimeSpan Retention);
