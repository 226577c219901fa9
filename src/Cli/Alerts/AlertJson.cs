using System.Text.Json;
using Analytics.Alerting.Reading;
using Analytics.Alerting.Windows;
using Analytics.Cli.Shared.Output;

namespace Analytics.Cli.Alerts;

/// <summary>Writes sent and held-back alerts as lines of JSON.</summary>
internal static class AlertJson
{
    /// <summary>Returns the line, without line feed.</summary>
    public static string Write(SentAlert alert) => JsonText.Write(JsonText.Escaped, json =>
    {
        json.WriteStartObject();
        json.WriteString("status", "sent");
        json.WriteString("rule", alert.Rule);
        json.WriteString("key", alert.Key);
        json.WriteString("severity", alert.Severity);
        json.WriteString("subject", alert.Subject);
        json.WriteString("time", alert.Time);
        json.WriteString("publishedAt", alert.PublishedAt);
        WriteNumber(json, "heldBack", alert.HeldBack);
        json.WriteString("id", alert.Id);
        json.WriteEndObject();
    });

    /// <summary>Returns the line, without line feed.</summary>
    public static string Write(HeldBackAlerts held) => JsonText.Write(JsonText.Escaped, json =>
    {
        json.WriteStartObject();
        json.WriteString("status", "held_back");
        json.WriteString("rule", held.Rule);
        json.WriteString("key", held.Key);
        json.WriteNumber("heldBack", held.Count);
        if (held.LastAlert is { } last)
        {
            json.WriteString("lastAlert", last);
        }
        else
        {
            json.WriteNull("lastAlert");
        }

        json.WriteString("cooldownUntil", held.ClosedUntil);
        json.WriteEndObject();
    });

    /// <summary>Returns the line, without line feed.</summary>
    public static string Write(ExpectedSeries series, ExpectedPoint point) => JsonText.Write(JsonText.Escaped, json =>
    {
        json.WriteStartObject();
        json.WriteString("rule", series.Rule);
        json.WriteString("key", series.Value);
        json.WriteString("start", point.Start);
        json.WriteNumber("value", point.Value);
        json.WriteNumber("low", point.Low);
        json.WriteNumber("high", point.High);
        json.WriteNumber("score", point.Score);
        json.WriteEndObject();
    });

    private static void WriteNumber(Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
