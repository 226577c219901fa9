namespace Analytics.Events.Definitions;

/// <summary>An alert of definitions.json: when to notify, and with which text.</summary>
public abstract record AlertRule
{
    /// <summary>The maximum number of rules: each batch's ledger entry has room for the keys of so many.</summary>
    public const int MaxRules = 50;

    /// <summary>The unique name: lower-case letters, digits and underscores, a letter first, at most 64.</summary>
    public required string Name { get; init; }

    /// <summary>The purpose, in a sentence; empty when not given.</summary>
    public string Description { get; init; } = "";

    /// <summary>How urgent the alert is.</summary>
    public AlertSeverity Severity { get; init; } = AlertSeverity.Warning;

    /// <summary>The template of the message's subject.</summary>
    public required AlertTemplate Subject { get; init; }

    /// <summary>The template of the sentence that says what happened; null when not given.</summary>
    public AlertTemplate? Text { get; init; }

    /// <summary>The cooldown; null when every alert is sent.</summary>
    public AlertCooldown? Cooldown { get; init; }

    /// <summary>Whether the rule is switched on.</summary>
    public bool IsEnabled { get; init; } = true;
}
