using Analytics.Events;
using Analytics.Events.Definitions;

namespace Analytics.Alerting.Cooldowns;

/// <summary>
/// The key of an event's cooldown: the values of its fields, with <c>|</c> between them. <c>%</c>, <c>|</c> and <c>(</c> in a value are written as <c>%25</c>,
/// <c>%7C</c> and <c>%28</c>, so that different values give different keys, and none looks like a key in parentheses.
/// </summary>
public static class CooldownKey
{
    /// <summary>The key of a rule whose cooldown has no fields.</summary>
    public const string All = "(all)";

    /// <summary>The value for a missing field.</summary>
    public const string None = "(none)";

    /// <summary>The maximum size of a value, in UTF-8 bytes. Longer ones are truncated and get a hash.</summary>
    public const int MaxValueBytes = BoundedKey.MaxBytes;

    /// <summary>Creates the key.</summary>
    public static string Create(AlertCooldown cooldown, in Event @event)
    {
        ArgumentNullException.ThrowIfNull(cooldown);
        var key = All;
        for (var index = 0; index < cooldown.By.Count; index++)
        {
            var value = Value(cooldown.By[index].Text(@event));
            key = index == 0 ? value : $"{key}|{value}";
        }

        return key;
    }

    private static string Value(EventText text)
    {
        if (!text.IsPresent)
        {
            return None;
        }

        var hash = BoundedKey.Truncate(text.ToString(), out var kept);
        return Escape(kept) + hash;
    }

    private static string Escape(string value) =>
        value.AsSpan().ContainsAny('%', '|', '(')
            ? value.Replace("%", "%25", StringComparison.Ordinal).Replace("|", "%7C", StringComparison.Ordinal).Replace("(", "%28", StringComparison.Ordinal)
            : value;
}
