using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Analytics.Benchmarks;

/// <summary>The body of an invocation, as Lambda's event source mapping sends it; the same bytes every time.</summary>
internal static class InvocationBody
{
    /// <param name="records">How many records.</param>
    /// <param name="firstArrival">When the first arrived, in seconds since 1970; each of the others a millisecond after the one before.</param>
    /// <param name="partitionKey">A record's partition key.</param>
    /// <param name="payload">A record's data.</param>
    /// <param name="firstNumber">The first record's place in its shard.</param>
    public static byte[] Create(int records, decimal firstArrival, Func<int, string> partitionKey, Func<int, byte[]> payload, int firstNumber = 0)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteStartArray("Records");
        for (var i = 0; i < records; i++)
        {
            WriteRecord(writer, firstNumber + i, firstArrival + (i * 0.001m), partitionKey(i), payload(i));
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteRecord(Utf8JsonWriter writer, int i, decimal arrival, string partitionKey, byte[] data)
    {
        var sequenceNumber = "4959033827149025660855969253836157109592" + (1_575_989_136_588_898 + i).ToString(CultureInfo.InvariantCulture);
        writer.WriteStartObject();
        writer.WriteStartObject("kinesis");
        writer.WriteString("kinesisSchemaVersion", "1.0");
        writer.WriteString("partitionKey", partitionKey);
        writer.WriteString("sequenceNumber", sequenceNumber);
        writer.WriteBase64String("data", data);
        writer.WriteNumber("approximateArrivalTimestamp", arrival);
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
}
