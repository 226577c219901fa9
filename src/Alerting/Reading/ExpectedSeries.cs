using Analytics.Alerting.Windows;

namespace Analytics.Alerting.Reading;

/// <summary>The latest windows of an anomaly rule, with their expected ranges.</summary>
/// <param name="Rule">The rule's name.</param>
/// <param name="Value">The counter's value, as producers sent it; null for the total.</param>
/// <param name="Points">The points, the oldest first: at most 60 windows.</param>
public sealed record ExpectedSeries(string Rule, string? Value, IReadOnlyList<ExpectedPoint> Points);
