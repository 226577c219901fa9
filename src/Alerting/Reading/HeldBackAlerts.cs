namespace Analytics.Alerting.Reading;

/// <summary>Alerts of a rule and key that were held back since the last one was raised.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Key">The key.</param>
/// <param name="Count">How many.</param>
/// <param name="LastAlert">When the event of the last alert arrived; null when it is not known.</param>
/// <param name="ClosedUntil">Until when the cooldown lasts, by arrival time.</param>
public sealed record HeldBackAlerts(string Rule, string Key, long Count, DateTimeOffset? LastAlert, DateTimeOffset ClosedUntil);
