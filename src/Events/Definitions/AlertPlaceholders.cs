namespace Analytics.Events.Definitions;

/// <summary>The placeholder names of templates, in addition to event fields in templates of a <see cref="MatchRule"/>.</summary>
public static class AlertPlaceholders
{
    /// <summary>The rule's name.</summary>
    public const string Rule = "rule";

    /// <summary>The rule's severity.</summary>
    public const string Severity = "severity";

    /// <summary>The key of the cooldown, or the counter's value.</summary>
    public const string Key = "key";

    /// <summary>The event's time, or the start of the window.</summary>
    public const string Time = "time";

    /// <summary>The number of alerts held back since the last one.</summary>
    public const string HeldBack = "held_back";

    /// <summary>The counter's name.</summary>
    public const string Counter = "counter";

    /// <summary>The window's value.</summary>
    public const string Value = "value";

    /// <summary>The expected range of the value.</summary>
    public const string Expected = "expected";

    /// <summary>The detector's score.</summary>
    public const string Score = "score";

    private static readonly string[] OfAll = [Rule, Severity, Key, Time, HeldBack];
    private static readonly string[] OfWindows = [.. OfAll, Counter, Value, Expected];

    /// <summary>Returns the placeholders of a rule type, without event fields.</summary>
    internal static IReadOnlyList<string> GetNames(AlertRuleType type) => type switch
    {
        AlertRuleType.Match => OfAll,
        AlertRuleType.Threshold => OfWindows,
        _ => [.. OfWindows, Score],
    };
}
