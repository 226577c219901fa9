using System.Text;
using System.Text.Json;
using Analytics.Events.Definitions;

namespace Analytics.Alerts.Tests;

/// <summary>Rules on purchases above 500, by name.</summary>
internal static class SomeAlerts
{
    public static IReadOnlyList<MatchRule> Named(params string[] names) => With("", names);

    /// <summary>Rules with more members, which begin with a comma.</summary>
    public static IReadOnlyList<MatchRule> With(string more, params string[] names)
    {
        var alerts = names.Select(name => $$"""
            {
              "name": "{{name}}",
              "pattern": { "event_type": ["purchase"], "amount": [{ "numeric": [">", 500] }] },
              "subject": "High-Value Order Detected",
              "fields": ["amount", "user_id", "product_id", "timestamp", "event_id"]{{more}}
            }
            """);
        return AlertsFold.RulesIn(Definitions.Parse(Encoding.UTF8.GetBytes($$"""{ "counters": [], "alerts": [{{string.Join(',', alerts)}}] }""")));
    }

    /// <summary>What a subscriber other than a mailbox gets of a message.</summary>
    public static JsonElement ForMachines(string message)
    {
        using var document = JsonDocument.Parse(message);
        using var json = JsonDocument.Parse(document.RootElement.GetProperty("default").GetString()!);
        return json.RootElement.Clone();
    }
}
