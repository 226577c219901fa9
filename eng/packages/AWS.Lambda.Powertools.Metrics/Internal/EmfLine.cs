using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AWS.Lambda.Powertools.Metrics.Internal;

/// <summary>A metric and its values since the last line.</summary>
internal sealed record MetricValues(MetricUnit Unit, MetricResolution Resolution)
{
    public List<double> Values { get; } = [];
}

/// <summary>Writes one line in the embedded metric format.</summary>
internal static class EmfLine
{
    private static readonly JsonWriterOptions WriterOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    public static string Write(
        DateTimeOffset time,
        string nameSpace,
        IReadOnlyDictionary<string, MetricValues> metrics,
        IReadOnlyDictionary<string, string> dimensions,
        IReadOnlyDictionary<string, byte[]> metadata)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
        {
            writer.WriteStartObject();
            WriteDirectives(writer, time, nameSpace, metrics, dimensions.Keys);
            foreach (var (name, value) in dimensions)
            {
                writer.WriteString(name, value);
            }

            foreach (var (name, metric) in metrics)
            {
                writer.WritePropertyName(name);
                WriteValues(writer, metric.Values);
            }

            foreach (var (name, value) in metadata)
            {
                writer.WritePropertyName(name);
                writer.WriteRawValue(value, skipInputValidation: true);
            }

            writer.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>A metadata value as JSON, serialized when it is added so that writing a line cannot fail.</summary>
    public static byte[] ToJson(object value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
        {
            JsonValues.Write(writer, value);
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteDirectives(
        Utf8JsonWriter writer,
        DateTimeOffset time,
        string nameSpace,
        IReadOnlyDictionary<string, MetricValues> metrics,
        IEnumerable<string> dimensionNames)
    {
        writer.WriteStartObject(EmfRules.Directives);
        writer.WriteNumber("Timestamp", time.ToUnixTimeMilliseconds());
        writer.WriteStartArray("CloudWatchMetrics");
        writer.WriteStartObject();
        writer.WriteString("Namespace", nameSpace);
        writer.WriteStartArray("Metrics");
        foreach (var (name, metric) in metrics)
        {
            writer.WriteStartObject();
            writer.WriteString("Name", name);
            writer.WriteString("Unit", MetricUnitNames.GetName(metric.Unit));
            if (metric.Resolution != MetricResolution.Default)
            {
                writer.WriteNumber("StorageResolution", (int)metric.Resolution);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("Dimensions");
        writer.WriteStartArray();
        foreach (var name in dimensionNames)
        {
            writer.WriteStringValue(name);
        }

        writer.WriteEndArray();
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteValues(Utf8JsonWriter writer, List<double> values)
    {
        if (values.Count == 1)
        {
            writer.WriteNumberValue(values[0]);
            return;
        }

        writer.WriteStartArray();
        foreach (var value in values)
        {
            writer.WriteNumberValue(value);
        }

        writer.WriteEndArray();
    }
}
