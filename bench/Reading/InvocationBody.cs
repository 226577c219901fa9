using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Analytics.Reading.Benchmarks;

/// <summary>The body of an invocation with page views, as Lambda's event source mapping sends it; the same bytes every time.</summary>
internal static class InvocationBody
{
    /// <summary>The events' bytes, about as many as a page view has.</summary>
    private const int PayloadSize = 264;

    public static byte[] Create(int records)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteStartArray("Records");
        for (var i = 0; i < records; i++)
        {
            WriteRecord(writer, i);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteRecord(Utf8JsonWriter writer, int i)
    {
        var sequenceNumber = "4959033827149025660855969253836157109592" + (1_575_989_136_588_898 + i).ToString(CultureInfo.InvariantCulture);
        writer.WriteStartObject();
        writer.WriteStartObject("kinesis");
        writer.WriteString("kinesisSchemaVersion", "1.0");
        writer.WriteString("partitionKey", $"user-{i % 997:D4}");
        writer.WriteString("sequenceNumber", sequenceNumber);
        writer.WriteBase64String("data", Payload(i));
        writer.WriteNumber("approximateArrivalTimestamp", 1_735_689_600.123m + (i * 0.001m));
        writer.WriteEndObject();
        writer.WriteString("eventSource", "aws:kinesis");
        writer.WriteString("eventVersion", "1.0");
        writer.WriteString("eventID", "shardId-000000000006:" + sequenceNumber);
        writer.WriteString("eventName", "aws:kinesis:record");
        writer.WriteString("invokeIdentityArn", "arn:aws:iam::123456789012:role/analytics-counters-role");
        writer.WriteString("awsRegion", "us-east-1");
        writer.WriteString("eventSourceARN", "arn:aws:kinesis:us-east-1:123456789012:stream/analytics-events");
        writer.WriteEndObject();
    }

    private static byte[] Payload(int i)
    {
        var fields = string.Create(CultureInfo.InvariantCulture, $$"""
            "timestamp":"2025-01-01T00:{{i / 60 % 60:D2}}:{{i % 60:D2}}.123Z","user_id":"user-{{i % 997:D4}}","event_type":"page_view",
            "session_id":"session-{{i % 4999:D6}}","location":"US","device_type":"mobile","amount":{{i % 500}}.25,"page_url":"/products/{{i % 101}}"
            """).ReplaceLineEndings("");
        var referrer = new string('r', PayloadSize - fields.Length - """{,"referrer":""}""".Length);
        return Encoding.UTF8.GetBytes($$"""{{{fields}},"referrer":"{{referrer}}"}""");
    }
}
