using Analytics.Cli.Shared.Output;
using Analytics.Counting.Auditing;

namespace Analytics.Cli.Audit;

/// <summary>Writes the result of an audit as JSON.</summary>
internal static class AuditJson
{
    /// <summary>Returns the JSON without a final line feed.</summary>
    public static string Write(CounterAuditResult result) => JsonText.Write(JsonText.Indented, json =>
    {
        json.WriteStartObject();
        json.WriteNumber("events", result.Events);
        json.WriteNumber("values", result.Values);
        json.WriteStartArray("findings");
        foreach (var finding in result.Findings)
        {
            json.WriteStartObject();
            json.WriteString("side", finding.Side.ToString().ToLowerInvariant());
            json.WriteString("message", finding.Message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("differences");
        foreach (var difference in result.Differences)
        {
            json.WriteStartObject();
            json.WriteString("counter", difference.Counter);
            json.WriteString("window", difference.Window.ToString().ToLowerInvariant());
            json.WriteString("start", difference.Start);
            json.WriteString("value", difference.Value);
            json.WriteString("measure", difference.Measure);
            json.WriteString("counted", difference.Actual);
            json.WriteString("recounted", difference.Expected);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });
}
