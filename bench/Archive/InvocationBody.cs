using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Analytics.Archive.Benchmarks;

/// <summary>The body of an invocation with events of about 400 bytes, as Lambda's event source mapping sends it; the same bytes every time.</summary>
internal static class InvocationBody
{
    public static byte[] Create(int records)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteStartArray("Records");
        for (var number = 0; number < records; number++)
        {
            WriteRecord(writer, number);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteRecord(Utf8JsonWriter writer, int number)
    {
        var sequenceNumber = "4959033827149025660855969253836157109592157598913697" + number.ToString("D5", CultureInfo.InvariantCulture);
        writer.WriteStartObject();
        writer.WriteStartObject("kinesis");
        writer.WriteString("kinesisSchemaVersion", "1.0");
        writer.WriteString("partitionKey", $"user-{number % 5000}");
        writer.WriteString("sequenceNumber", sequenceNumber);
        writer.WriteBase64String("data", Payload(number));
        writer.WriteNumber("approximateArrivalTimestamp", 1_754_645_400.000m + (number * 0.001m));
        writer.WriteEndObject();
        writer.WriteString("eventSource", "aws:kinesis");
        writer.WriteString("eventVersion", "1.0");
        writer.WriteString("eventID", "shardId-000000000000:" + sequenceNumber);
        writer.WriteString("eventName", "aws:kinesis:record");
        writer.WriteString("invokeIdentityArn", "arn:aws:iam::123456789012:role/analytics-archive-role");
        writer.WriteString("awsRegion", "eu-west-1");
        writer.WriteString("eventSourceARN", "arn:aws:kinesis:eu-west-1:123456789012:stream/analytics-events");
        writer.WriteEndObject();
    }

    private static byte[] Payload(int number)
    {
        var random = new Random(number);
        var id = new byte[16];
        random.NextBytes(id);
        return Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"event_id":"{{new Guid(id)}}","event_type":"{{(number % 4 == 0 ? "purchase" : "page_view")}}","timestamp":"2025-08-08T09:{{number % 30:D2}}:{{number % 60:D2}}.{{number % 1000:D3}}Z","data":{"user_id":"user-{{random.Next(5000)}}","session_id":"{{random.NextInt64():x}}","page":"/products/{{random.Next(300)}}","device":"mobile","location":"Berlin","amount":{{random.Next(100_000) / 100m}},"currency":"EUR","referrer":"https://example.com/{{random.Next()}}","campaign":"summer-{{random.Next(20)}}","note":"{{random.NextInt64():x}}{{random.NextInt64():x}}{{random.NextInt64():x}}"} }"""));
    }
}
