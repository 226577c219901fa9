namespace Analytics.Alerting.Sending;

/// <summary>Names the mark of an alert.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Time">When the event arrived, or the window started.</param>
/// <param name="Id">The identity among the rule's alerts, the same however often the alert is decided.</param>
internal readonly record struct AlertMark(string Rule, DateTimeOffset Time, string Id);
