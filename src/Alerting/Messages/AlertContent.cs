using Analytics.Events.Definitions;

namespace Analytics.Alerting.Messages;

/// <summary>The facts of an alert, before they are put into words.</summary>
public sealed record AlertContent
{
    /// <summary>The rule.</summary>
    public required AlertRule Rule { get; init; }

    /// <summary>The stable identity: the same however often the alert is sent.</summary>
    public required string Id { get; init; }

    /// <summary>The key that the cooldown is kept by, or the counter's value; null when the rule has none.</summary>
    public string? Key { get; init; }

    /// <summary>When it happened: the event's time, or the start of the window.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The fields of the event; empty for a rule about windows.</summary>
    public IReadOnlyList<AlertFact> Fields { get; init; } = [];

    /// <summary>Fields of the event that the rule's templates name and <see cref="Fields"/> does not hold.</summary>
    public IReadOnlyList<AlertFact> TemplateFields { get; init; } = [];

    /// <summary>The record that the event came in; null for a rule about windows.</summary>
    public AlertEvent? Event { get; init; }

    /// <summary>The window's value; null for a rule about events.</summary>
    public AlertMeasurement? Measurement { get; init; }

    /// <summary>How many alerts of this rule and key were held back since the last one; null for a rule without a cooldown.</summary>
    public long? HeldBack { get; init; }

    /// <summary>When the last alert of this rule and key was raised; null when none was, or the rule has no cooldown.</summary>
    public DateTimeOffset? LastAlert { get; init; }
}
