namespace Analytics.Events.Definitions;

/// <summary>The names that a template may hold in braces, beside the fields of events in those of a <see cref="MatchRule"/>.</summary>
public static class AlertPlaceholders
{
    /// <summary>The rule's name.</summary>
    public const string Rule = "rule";

    /// <summary>The rule's severity.</summary>
    public const string Severity = "severity";

    /// <summary>The key that the cooldown is kept by, or the counter's value.</summary>
    public const string Key = "key";

    /// <summary>The event's time, or the start of the window.</summary>
    public const string Time = "time";

    /// <summary>How many alerts were held back since the last one.</summary>
    public const string HeldBack = "held_back";

    /// <summary>The counter's name.</summary>
    public const string Counter = "counter";

    /// <summary>The window's value.</summary>
    public const string Value = "value";

    /// <summary>The range that was expected of the value.</summary>
    public const string Expected = "expected";

    /// <summary>The detector's score.</summary>
    public const string Score = "score";

    private static readonly string[] OfAll = [Rule, Severity, Key, Time, HeldBack];
    private static readonly string[] OfWindows = [.. OfAll, Counter, Value, Expected];

    /// <summary>The placeholders of a type of rule, beside fields of events.</summary>
    internal static IReadOnlyList<string> Of(AlertRuleType type) => type switch
    {
        AlertRuleType.Match => OfAll,
        AlertRuleType.Threshold => OfWindows,
        _ => [.. OfWindows, Score],
    };
}
