namespace Analytics.Alerting.Reading;

/// <summary>Alerts of a rule and key that were held back since the last one was raised.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Key">The key.</param>
/// <param name="Count">The number held back.</param>
/// <param name="LastAlert">The arrival time of the last alert's event, or null if it is unknown.</param>
/// <param name="ClosedUntil">The end of the cooldown, by arrival time.</param>
public sealed record HeldBackAlerts(string Rule, string Key, long Count, DateTimeOffset? LastAlert, DateTimeOffset ClosedUntil);
