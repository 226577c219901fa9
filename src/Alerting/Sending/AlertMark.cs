namespace Analytics.Alerting.Sending;

/// <summary>Identifies the mark of an alert.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Time">The arrival time of the event, or the start of the window.</param>
/// <param name="Id">The identity among the rule's alerts, which is the same each time the alert is decided.</param>
internal readonly record struct AlertMark(string Rule, DateTimeOffset Time, string Id);
