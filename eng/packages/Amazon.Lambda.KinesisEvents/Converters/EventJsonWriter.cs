using System.Text.Json;

namespace Amazon.Lambda.KinesisEvents.Converters;

/// <summary>Writes events under the names that Lambda uses; members that are null are omitted.</summary>
internal static class EventJsonWriter
{
    public static void WriteRecords(Utf8JsonWriter writer, KinesisEvent value)
    {
        writer.WriteStartArray("Records"u8);
        foreach (var record in value.Records ?? [])
        {
            WriteRecord(writer, record);
        }

        writer.WriteEndArray();
    }

    public static void WriteWindow(Utf8JsonWriter writer, KinesisTimeWindowEvent value)
    {
        if (value.Window is { } window)
        {
            writer.WriteStartObject("window"u8);
            writer.WriteString("start"u8, AsUtc(window.Start));
            writer.WriteString("end"u8, AsUtc(window.End));
            writer.WriteEndObject();
        }

        writer.WriteStartObject("state"u8);
        foreach (var (name, text) in value.State ?? [])
        {
            writer.WriteString(name, text);
        }

        writer.WriteEndObject();
        WriteText(writer, "shardId"u8, value.ShardId);
        WriteText(writer, "eventSourceARN"u8, value.EventSourceARN);
        WriteBoolean(writer, "isFinalInvokeForWindow"u8, value.IsFinalInvokeForWindow);
        WriteBoolean(writer, "isWindowTerminatedEarly"u8, value.IsWindowTerminatedEarly);
    }

    private static void WriteRecord(Utf8JsonWriter writer, KinesisEvent.KinesisEventRecord record)
    {
        writer.WriteStartObject();
        if (record.Kinesis is { } kinesis)
        {
            writer.WriteStartObject("kinesis"u8);
            WriteText(writer, "kinesisSchemaVersion"u8, kinesis.KinesisSchemaVersion);
            WriteText(writer, "partitionKey"u8, kinesis.PartitionKey);
            WriteText(writer, "sequenceNumber"u8, kinesis.SequenceNumber);
            if (kinesis.Data is { } data)
            {
                writer.WriteBase64String("data"u8, data.TryGetBuffer(out var buffer) ? buffer : data.ToArray());
            }

            if (kinesis.ApproximateArrivalTimestamp is { } arrival)
            {
                writer.WritePropertyName("approximateArrivalTimestamp"u8);
                EpochSeconds.Write(writer, arrival);
            }

            WriteText(writer, "encryptionType"u8, kinesis.EncryptionType);
            writer.WriteEndObject();
        }

        WriteText(writer, "eventSource"u8, record.EventSource);
        WriteText(writer, "eventVersion"u8, record.EventVersion);
        WriteText(writer, "eventID"u8, record.EventId);
        WriteText(writer, "eventName"u8, record.EventName);
        WriteText(writer, "invokeIdentityArn"u8, record.InvokeIdentityArn);
        WriteText(writer, "awsRegion"u8, record.AwsRegion);
        WriteText(writer, "eventSourceARN"u8, record.EventSourceARN);
        writer.WriteEndObject();
    }

    private static DateTime AsUtc(DateTime time) =>
        time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : DateTime.SpecifyKind(time, DateTimeKind.Utc);

    private static void WriteText(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string? text)
    {
        if (text is not null)
        {
            writer.WriteString(name, text);
        }
    }

    private static void WriteBoolean(Utf8JsonWriter writer, ReadOnlySpan<byte> name, bool? value)
    {
        if (value is { } known)
        {
            writer.WriteBoolean(name, known);
        }
    }
}
