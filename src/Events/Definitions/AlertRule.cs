namespace Analytics.Events.Definitions;

/// <summary>An alert rule of definitions.json: when to notify, and with which text.</summary>
public abstract record AlertRule
{
    /// <summary>The maximum number of rules, limited by the size of a batch's ledger entry.</summary>
    public const int MaxRules = 50;

    /// <summary>The unique name: lower-case letters, digits and underscores, a letter first, at most 64.</summary>
    public required string Name { get; init; }

    /// <summary>The description, one sentence; may be empty.</summary>
    public string Description { get; init; } = "";

    /// <summary>The severity.</summary>
    public AlertSeverity Severity { get; init; } = AlertSeverity.Warning;

    /// <summary>The template of the message's subject.</summary>
    public required AlertTemplate Subject { get; init; }

    /// <summary>The template of the sentence that describes what happened, or null.</summary>
    public AlertTemplate? Text { get; init; }

    /// <summary>The cooldown, or null to send every alert.</summary>
    public AlertCooldown? Cooldown { get; init; }

    /// <summary>Whether the rule is enabled.</summary>
    public bool IsEnabled { get; init; } = true;
}
