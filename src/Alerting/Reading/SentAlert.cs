namespace Analytics.Alerting.Reading;

/// <summary>An alert that was published.</summary>
/// <param name="Id">The stable identity.</param>
/// <param name="Rule">The rule.</param>
/// <param name="Severity">The rule's severity.</param>
/// <param name="Key">The key, or null if there is none.</param>
/// <param name="Subject">The subject.</param>
/// <param name="Time">The time of the alert.</param>
/// <param name="PublishedAt">The time of publication.</param>
/// <param name="HeldBack">The number held back before it, or null for a rule without a cooldown.</param>
public sealed record SentAlert(
    string Id, string Rule, string Severity, string? Key, string Subject, DateTimeOffset Time, DateTimeOffset PublishedAt, long? HeldBack);
