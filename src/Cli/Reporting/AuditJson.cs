using Analytics.Counting;

namespace Analytics.Cli.Reporting;

/// <summary>What an audit found, as JSON.</summary>
internal static class AuditJson
{
    /// <summary>The JSON, without line feed at its end.</summary>
    public static string Write(CounterAuditResult result) => JsonText.Write(JsonText.Indented, json =>
    {
        json.WriteStartObject();
        json.WriteNumber("events", result.Events);
        json.WriteNumber("partials", result.Partials);
        json.WriteNumber("ahead", result.Ahead);
        json.WriteNumber("underway", result.Underway);
        json.WriteNumber("repaired", result.Repaired);
        json.WriteNumber("changed", result.Changed);
        json.WriteStartArray("differences");
        foreach (var (shardId, difference) in result.Differences)
        {
            json.WriteStartObject();
            json.WriteString("counter", difference.Counter);
            json.WriteString("window", difference.Window.ToString().ToLowerInvariant());
            json.WriteString("start", difference.Start);
            json.WriteString("value", difference.Value);
            json.WriteString("shardId", shardId);
            json.WriteString("measure", difference.Measure);
            json.WriteString("counted", difference.Actual);
            json.WriteString("recounted", difference.Expected);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });
}
