namespace Analytics.Alerting.Reading;

/// <summary>An alert that the topic took.</summary>
/// <param name="Id">The stable identity.</param>
/// <param name="Rule">The rule.</param>
/// <param name="Severity">The rule's severity.</param>
/// <param name="Key">The key; null when there is none.</param>
/// <param name="Subject">The subject.</param>
/// <param name="Time">When it happened.</param>
/// <param name="PublishedAt">When it was published.</param>
/// <param name="HeldBack">How many before it were held back; null for a rule without a cooldown.</param>
public sealed record SentAlert(
    string Id, string Rule, string Severity, string? Key, string Subject, DateTimeOffset Time, DateTimeOffset PublishedAt, long? HeldBack);
