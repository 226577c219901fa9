using Analytics.Events.Definitions;

namespace Analytics.Alerting.Messages;

/// <summary>The facts of an alert, before formatting.</summary>
public sealed record AlertContent
{
    /// <summary>The rule.</summary>
    public required AlertRule Rule { get; init; }

    /// <summary>The stable identity, the same if the alert is sent again.</summary>
    public required string Id { get; init; }

    /// <summary>The key of the cooldown, or the counter's value, or null if the rule has none.</summary>
    public string? Key { get; init; }

    /// <summary>The event's time, or the start of the window.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The fields of the event; empty for a rule on windows.</summary>
    public IReadOnlyList<AlertFact> Fields { get; init; } = [];

    /// <summary>Fields of the event that the rule's templates use and <see cref="Fields"/> does not contain.</summary>
    public IReadOnlyList<AlertFact> TemplateFields { get; init; } = [];

    /// <summary>The event's record, or null for a rule on windows.</summary>
    public AlertEvent? Event { get; init; }

    /// <summary>The window's value, or null for a rule on events.</summary>
    public AlertMeasurement? Measurement { get; init; }

    /// <summary>The number of alerts of this rule and key held back since the last one, or null for a rule without a cooldown.</summary>
    public long? HeldBack { get; init; }

    /// <summary>The time of the last alert of this rule and key, or null if there was none or the rule has no cooldown.</summary>
    public DateTimeOffset? LastAlert { get; init; }
}
