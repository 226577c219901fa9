using Analytics.Streaming;

namespace Analytics.Results;

/// <summary>What is set for the items.</summary>
/// <param name="Bounds">Which event times are believed.</param>
/// <param name="Retention">How long an item stays after the later of its event's time and its writing.</param>
internal sealed record ResultSettings(EventTimeBounds Bounds, TimeSpan Retention);
