using System.Text;
using Analytics.Events.Definitions;

namespace Analytics.Alerts.Tests;

/// <summary>Alerts on purchases above 500, by name.</summary>
internal static class SomeAlerts
{
    public static IReadOnlyList<AlertDefinition> Named(params string[] names)
    {
        var alerts = names.Select(name => $$"""
            {
              "name": "{{name}}",
              "pattern": { "event_type": ["purchase"], "amount": [{ "numeric": [">", 500] }] },
              "subject": "High-Value Order Detected",
              "fields": ["amount", "user_id", "product_id", "timestamp", "event_id"]
            }
            """);
        return Definitions.Parse(Encoding.UTF8.GetBytes($$"""{ "counters": [], "alerts": [{{string.Join(',', alerts)}}] }""")).Alerts;
    }
}
