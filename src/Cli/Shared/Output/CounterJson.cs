using System.Globalization;
using System.Text.Json;
using Analytics.Counting;

namespace Analytics.Cli.Shared.Output;

/// <summary>Writes a counter's value in a window as a line of <c>counters.ndjson</c>, with only the numbers that the counter measures.</summary>
internal static class CounterJson
{
    /// <summary>Returns the line without line feed.</summary>
    public static string Write(CounterValue value) => JsonText.Write(JsonText.Line, json =>
    {
        json.WriteStartObject();
        json.WriteString("counter", value.Counter);
        json.WriteString("window", value.Window.ToString().ToLowerInvariant());
        json.WriteString("start", Time(value.Start));
        json.WriteString("value", value.Value);
        json.WriteStartArray("values");
        foreach (var part in value.Values)
        {
            json.WriteStringValue(part);
        }

        json.WriteEndArray();
        json.WriteNumber("count", value.Count);
        WriteNumber(json, "sum", value.Sum);
        WriteNumber(json, "min", value.Min);
        WriteNumber(json, "max", value.Max);
        WriteNumber(json, "average", value.Average);
        WriteNumber(json, "distinct", value.Distinct);
        WriteNumber(json, "rate", value.Rate);
        if (value.Percentiles is { } percentiles)
        {
            json.WriteStartObject("percentiles");
            json.WriteNumber("p50", percentiles.P50);
            json.WriteNumber("p90", percentiles.P90);
            json.WriteNumber("p95", percentiles.P95);
            json.WriteNumber("p99", percentiles.P99);
            json.WriteEndObject();
        }

        if (value is { Last: { } last, LastAt: { } lastAt })
        {
            json.WriteString("last", last);
            json.WriteString("lastAt", Time(lastAt));
        }

        json.WriteEndObject();
    });

    private static void WriteNumber(Utf8JsonWriter json, string name, decimal? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture);
}
