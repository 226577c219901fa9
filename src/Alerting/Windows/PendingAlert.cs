using Amazon.DynamoDBv2.Model;
using Analytics.Alerting.Messages;
using Analytics.Alerting.Sending;
using Analytics.Alerting.Storage;
using Analytics.Events.Definitions;

namespace Analytics.Alerting.Windows;

/// <summary>A decided alert of a threshold or anomaly rule that is not known to be sent. It is stored with the decision, so that its content does not depend on when it is sent.</summary>
internal sealed record PendingAlert
{
    /// <summary>The identity among all alerts.</summary>
    public required string Id { get; init; }

    /// <summary>The start of the window.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>The end of the window.</summary>
    public required DateTimeOffset End { get; init; }

    /// <summary>The counter's value, as producers sent it; null for the total.</summary>
    public required string? Key { get; init; }

    /// <summary>The window's value.</summary>
    public required decimal Value { get; init; }

    /// <summary>The lowest expected value, or null if there is no lower bound.</summary>
    public required decimal? Low { get; init; }

    /// <summary>The highest expected value, or null if there is no upper bound.</summary>
    public required decimal? High { get; init; }

    /// <summary>The detector's score; null for a threshold.</summary>
    public required double? Score { get; init; }

    /// <summary>The number of alerts held back since the last one, or null if the rule has no cooldown.</summary>
    public required long? HeldBack { get; init; }

    /// <summary>The window of the last alert of the same rule and key, or null if there was none.</summary>
    public required DateTimeOffset? LastAlert { get; init; }

    /// <summary>Parses the output of <see cref="ToMap"/>.</summary>
    public static PendingAlert Read(Dictionary<string, AttributeValue> map) => new()
    {
        Id = map["id"].S,
        Start = AlertItems.Time(map["start"]),
        End = AlertItems.Time(map["end"]),
        Key = map.TryGetValue("key", out var key) ? key.S : null,
        Value = AlertItems.Decimal(map["value"]),
        Low = map.TryGetValue("low", out var low) ? AlertItems.Decimal(low) : null,
        High = map.TryGetValue("high", out var high) ? AlertItems.Decimal(high) : null,
        Score = map.TryGetValue("score", out var score) ? (double)AlertItems.Decimal(score) : null,
        HeldBack = map.TryGetValue("held", out var held) ? AlertItems.Number(held) : null,
        LastAlert = AlertItems.OptionalTime(map, "last"),
    };

    /// <summary>Returns the alert as a map attribute.</summary>
    public Dictionary<string, AttributeValue> ToMap()
    {
        var map = new Dictionary<string, AttributeValue>
        {
            ["id"] = AlertItems.Text(Id),
            ["start"] = AlertItems.Time(Start),
            ["end"] = AlertItems.Time(End),
            ["value"] = AlertItems.Decimal(Value),
        };
        if (Key is not null)
        {
            map.Add("key", AlertItems.Text(Key));
        }

        foreach (var (name, number) in new (string, decimal?)[] { ("low", Low), ("high", High), ("score", (decimal?)Score), ("held", HeldBack) })
        {
            if (number is { } value)
            {
                map.Add(name, AlertItems.Decimal(value));
            }
        }

        return AlertItems.WithOptionalTime(map, "last", LastAlert);
    }

    /// <summary>Returns the alert to send.</summary>
    public DueAlert ToDue(WindowRule rule) => new(new AlertMark(rule.Name, Start, Id[(rule.Name.Length + 1)..]), () => new AlertContent
    {
        Rule = rule,
        Id = Id,
        Key = Key,
        Time = Start,
        Measurement = new AlertMeasurement(rule.Counter, Start, End, Value, Low, High, Score),
        HeldBack = HeldBack,
        LastAlert = LastAlert,
    });
}
