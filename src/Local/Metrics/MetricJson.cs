using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Analytics.Local.Metrics;

/// <summary>Converts a metric's minute to a line of JSON and back.</summary>
public static class MetricJson
{
    /// <summary>The line, without line feed.</summary>
    public static string Write(MetricValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("namespace", value.Namespace);
            json.WriteString("metric", value.Name);
            json.WriteStartObject("dimensions");
            foreach (var (name, text) in value.Dimensions)
            {
                json.WriteString(name, text);
            }

            json.WriteEndObject();
            json.WriteString("unit", value.Unit);
            json.WriteString("minute", value.Minute.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
            json.WriteNumber("sampleCount", value.SampleCount);
            json.WriteNumber("sum", value.Sum);
            json.WriteNumber("minimum", value.Minimum);
            json.WriteNumber("maximum", value.Maximum);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    /// <summary>Parses the result of <see cref="Write"/>.</summary>
    /// <exception cref="JsonException">The line is not a metric.</exception>
    public static MetricValue Read(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            return new MetricValue
            {
                Namespace = root.GetProperty("namespace").GetString()!,
                Name = root.GetProperty("metric").GetString()!,
                Dimensions = [.. root.GetProperty("dimensions").EnumerateObject().Select(one => KeyValuePair.Create(one.Name, one.Value.GetString()!))],
                Unit = root.GetProperty("unit").GetString()!,
                Minute = root.GetProperty("minute").GetDateTimeOffset(),
                SampleCount = root.GetProperty("sampleCount").GetInt64(),
                Sum = root.GetProperty("sum").GetDouble(),
                Minimum = root.GetProperty("minimum").GetDouble(),
                Maximum = root.GetProperty("maximum").GetDouble(),
            };
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new JsonException($"The line is not a metric: {e.Message}", e);
        }
    }
}
